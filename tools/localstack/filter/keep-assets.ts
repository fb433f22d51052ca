import type { Template } from '@triptych/local-cloud/templates';

/** The manifest of the files that `cdk deploy` uploads for a stack; only the parts we read. */
export interface AssetManifest {
  readonly files?: Readonly<Record<string, FileAsset>>;
  readonly dockerImages?: Readonly<Record<string, unknown>>;
}

interface FileAsset {
  readonly source: { readonly path?: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/**
 * Keeps the assets that a filtered template needs: the template itself under its new hash, and the files it names. Drops
 * container images, because there is no registry.
 * @returns the manifest, and the folders or files of the assembly that it uploads, except the template
 */
export function keepAssets(
  { files = {}, dockerImages: _images, ...rest }: AssetManifest,
  { stack, template, hash }: { stack: string; template: Template; hash: string },
): { manifest: AssetManifest; folders: string[] } {
  const text = JSON.stringify(template);
  const kept: Record<string, FileAsset> = {};
  const folders: string[] = [];
  for (const [id, asset] of Object.entries(files)) {
    const { path } = asset.source;
    if (path === `${stack}.template.json`) kept[hash] = storedAs(asset, `${hash}.json`);
    else if (path !== undefined && isNamed(asset, text)) {
      kept[id] = asset;
      folders.push(path);
    }
  }
  return { manifest: { ...rest, files: kept }, folders };
}

function isNamed({ destinations }: FileAsset, template: string): boolean {
  return Object.values(destinations).some(({ objectKey }) => template.includes(objectKey));
}

function storedAs(asset: FileAsset, objectKey: string): FileAsset {
  const destinations = Object.entries(asset.destinations).map(([id, destination]) => [
    id,
    { ...destination, objectKey },
  ]);
  return { ...asset, destinations: Object.fromEntries(destinations) };
}
