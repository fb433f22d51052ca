import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const digest = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const digestBytes = 32;

/**
 * Keeps JPEGs in a folder. Each file ends with the digest of what stands before it, which viewers do not look at: what is
 * damaged or half is made again. A folder that cannot be written means only that every picture is made.
 *
 * @param inputs all that the picture depends on
 */
export async function keptPicture(
  folder: string,
  inputs: string,
  make: () => Promise<Buffer>,
): Promise<Buffer> {
  const file = join(folder, `${digest(inputs).toString('hex')}.jpg`);
  const found = await readFile(file).catch(() => Buffer.alloc(0));
  const jpeg = found.subarray(0, -digestBytes);
  if (digest(jpeg).equals(found.subarray(-digestBytes))) return jpeg;
  const made = await make();
  // Renamed when it is whole, since another shop may be seeded at this moment.
  const unfinished = `${file}.${process.pid}`;
  await mkdir(folder, { recursive: true })
    .then(() => writeFile(unfinished, Buffer.concat([made, digest(made)])))
    .then(() => rename(unfinished, file))
    .catch(() => rm(unfinished, { force: true }).catch(() => undefined));
  return made;
}
