import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const DIGEST_BYTES = 32;

/**
 * Returns a JPEG from the cache, or makes it and adds it to the cache. Each file ends with the digest of its picture,
 * which viewers ignore, so that a damaged or truncated file is made again. If the folder cannot be written, every
 * picture is made.
 *
 * @param inputs everything that the picture depends on
 */
export async function keptPicture(
  folder: string,
  inputs: string,
  make: () => Promise<Buffer>,
): Promise<Buffer> {
  const file = join(folder, `${digest(inputs).toString('hex')}.jpg`);
  const found = await readFile(file).catch(() => Buffer.alloc(0));
  const jpeg = found.subarray(0, -DIGEST_BYTES);
  if (digest(jpeg).equals(found.subarray(-DIGEST_BYTES))) return jpeg;
  const made = await make();
  // Written under another name and renamed when complete: another process may read the cache now.
  const unfinished = `${file}.${process.pid}`;
  await mkdir(folder, { recursive: true })
    .then(() => writeFile(unfinished, Buffer.concat([made, digest(made)])))
    .then(() => rename(unfinished, file))
    .catch(() => rm(unfinished, { force: true }).catch(() => undefined));
  return made;
}

function digest(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
