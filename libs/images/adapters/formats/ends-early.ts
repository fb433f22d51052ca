import { readAvifFile } from './avif-file.ts';
import { readJpegStructure } from './jpeg-markers.ts';
import { pngChunks } from './png-chunks.ts';

/** Whether a file lacks its end, by what its own structure says about its length. */
export function endsEarly(bytes: Uint8Array): boolean {
  const jpeg = readJpegStructure(bytes);
  if (jpeg) return jpeg.hasFrame && !jpeg.hasEnd;
  const png = pngEndsEarly(bytes);
  if (png !== undefined) return png;
  const riffLength = webpLength(bytes);
  if (riffLength !== undefined) return riffLength > bytes.byteLength;
  return readAvifFile(bytes)?.endsEarly ?? false;
}

/** Undefined if the bytes are not a PNG. */
function pngEndsEarly(bytes: Uint8Array): boolean | undefined {
  let last: string | undefined;
  for (const { name } of pngChunks(bytes)) last = name;
  return last === undefined ? undefined : last !== 'IEND';
}

/** The length that a WebP declares: https://developers.google.com/speed/webp/docs/riff_container */
function webpLength(bytes: Uint8Array): number | undefined {
  const text = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (!text.startsWith('RIFF') || !text.endsWith('WEBP')) return undefined;
  return 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
}
