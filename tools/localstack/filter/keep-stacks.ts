/** The manifest of a cloud assembly; only the parts we read. */
export interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalMetadataFile?: string;
}

const stackType = 'aws:cloudformation:stack';

/**
 * The manifest with only the stacks that stay. One that depended on a dropped stack depends on what that one depended on.
 * @param hashes by the name of each stack that stays, the hash its template is stored under
 */
export function keepStacks(manifest: Manifest, hashes: ReadonlyMap<string, string>): Manifest {
  const artifacts = manifest.artifacts ?? {};
  const stays = (id: string) => hashes.has(id.replace(/\.assets$/, ''));
  const needed = (ids: readonly string[] = [], seen = new Set<string>()): string[] =>
    ids.flatMap((id) => {
      if (seen.has(id)) return [];
      seen.add(id);
      return stays(id) ? [id] : needed(artifacts[id]?.dependencies, seen);
    });
  const kept = Object.entries(artifacts).flatMap(([id, artifact]) => {
    const hash = hashes.get(id);
    if (artifact.type === stackType && hash !== undefined) {
      return [[id, renamed({ ...artifact, dependencies: needed(artifact.dependencies) }, hash)]];
    }
    return artifact.type === 'cdk:asset-manifest' && stays(id) ? [[id, artifact]] : [];
  });
  return { ...manifest, artifacts: Object.fromEntries(kept) };
}

/** Without the file of metadata, which names what is gone. */
function renamed({ additionalMetadataFile: _file, ...artifact }: Artifact, hash: string): Artifact {
  const { stackTemplateAssetObjectUrl: url, ...properties } = artifact.properties ?? {};
  const newUrl = String(url).replace(/[^/]*$/, `${hash}.json`);
  return { ...artifact, properties: { ...properties, stackTemplateAssetObjectUrl: newUrl } };
}
