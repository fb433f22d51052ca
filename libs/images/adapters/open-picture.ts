import { createHash } from 'node:crypto';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_ORIGINAL_PIXELS } from '../core/index.ts';
import { avifColour, hasCodedColour, pngColour } from './colour/declared-colour.ts';
import type { DeclaredColour } from './colour/source-colour.ts';
import { type AvifFile, readAvifFile } from './formats/avif-file.ts';
import { isJpeg } from './formats/jpeg-markers.ts';

/** A file whose header was read. Serving and judging decode it in the same way. */
export interface OpenedPicture {
  readonly header: Metadata;
  /** The format by content, not by name or declared type; undefined for all but the four. */
  readonly format: 'jpeg' | 'png' | 'webp' | 'avif' | undefined;
  readonly colour: DeclaredColour;
  /** A new pipeline that decodes the file. */
  decode(): Sharp;
}

/** Ends a JPEG whose end marker is missing. Decoders ignore it behind another one. */
const JPEG_END = Uint8Array.of(0xff, 0xd9);

/**
 * Opens a picture. A JPEG may lack its end marker and a PNG its IEND, as in browsers: both only say
 * that nothing follows.
 * @throws Error by sharp, if the header cannot be read
 */
export async function openPicture(bytes: Uint8Array): Promise<OpenedPicture> {
  const ended = isJpeg(bytes) ? Buffer.concat([bytes, JPEG_END]) : bytes;
  const ignoreIcc = hasCodedColour(bytes);
  const options = { failOn: 'error', sequentialRead: true, ignoreIcc } as const;
  const decode = () => sharp(ended, { ...options, limitInputPixels: MAX_ORIGINAL_PIXELS });
  // Reading a header costs the same for any size. Judging checks the limits before it decodes.
  const header = await sharp(ended, { ...options, limitInputPixels: false }).metadata();
  const avif = header.format === 'heif' ? readAvifFile(bytes) : undefined;
  const format = formatOf(header, avif);
  return { header, format, colour: colourOf(bytes, format, avif), decode };
}

/** libvips reports AVIF as HEIF, and its compression by the file's brand only. */
function formatOf({ format }: Metadata, avif: AvifFile | undefined): OpenedPicture['format'] {
  if (format === 'heif') return avif?.isAv1 ? 'avif' : undefined;
  return format === 'jpeg' || format === 'png' || format === 'webp' ? format : undefined;
}

function colourOf(
  bytes: Uint8Array,
  format: OpenedPicture['format'],
  avif: AvifFile | undefined,
): DeclaredColour {
  if (format === 'png') return pngColour(bytes);
  return avif ? avifColour(avif) : 'default';
}

/** Bytes that a decoder would read as data of a scan. */
const FILLER = Uint8Array.from({ length: 256 }, (_, index) => (index * 151 + 7) % 251);

/**
 * Whether a JPEG without an end marker has all of its pixels. A decoder fills in what is missing,
 * with a mere warning. So the file is decoded with and without other bytes behind it: if they
 * change a pixel, there was something to fill in.
 * @param seconds the timeout of each decoding
 * @throws Error by sharp, if the file cannot be decoded
 */
export async function hasAllPixels(jpeg: Uint8Array, seconds: number): Promise<boolean> {
  const decoded = async (more: Uint8Array): Promise<string> => {
    const { decode } = await openPicture(Buffer.concat([jpeg, more]));
    return createHash('sha256')
      .update(await decode().timeout({ seconds }).raw().toBuffer())
      .digest('base64');
  };
  return (await decoded(new Uint8Array())) === (await decoded(FILLER));
}
