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

const STACK_TYPE = 'aws:cloudformation:stack';

/**
 * Keeps only some stacks of a manifest. A dependency on a dropped stack is replaced by the dependencies of that stack.
 * @param hashes the hash of each kept stack's template, by stack name
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
    if (artifact.type === STACK_TYPE && hash !== undefined) {
      return [[id, withHash({ ...artifact, dependencies: needed(artifact.dependencies) }, hash)]];
    }
    return artifact.type === 'cdk:asset-manifest' && stays(id) ? [[id, artifact]] : [];
  });
  return { ...manifest, artifacts: Object.fromEntries(kept) };
}

/** Points to the template by its new hash, and drops the metadata file, which names dropped resources. */
function withHash(
  { additionalMetadataFile: _file, ...artifact }: Artifact,
  hash: string,
): Artifact {
  const { stackTemplateAssetObjectUrl: url, ...properties } = artifact.properties ?? {};
  const newUrl = String(url).replace(/[^/]*$/, `${hash}.json`);
  return { ...artifact, properties: { ...properties, stackTemplateAssetObjectUrl: newUrl } };
}
