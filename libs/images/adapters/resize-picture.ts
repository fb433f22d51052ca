import { AppError } from '@triptych/platform/errors';
import sharp, { type Sharp } from 'sharp';
import { type Rendition, renditionSize } from '../core/index.ts';
import { convertToSrgb } from './colour/convert-to-srgb.ts';
import type { SourceColour } from './colour/source-colour.ts';
import type { OpenedPicture } from './open-picture.ts';
import { encode } from './sharp-encoders.ts';

/** The HTTP handler times out after 25 s, so later results are useless. */
const TIMEOUT_SECONDS = 20;

const UNSUPPORTED_COLOUR = 'The colour space of this picture cannot be converted. Replace it.';

/**
 * Resizes and encodes a picture.
 * @throws AppError unprocessable `undecodable-image` (a colour space that an older version
 * accepted), Error by sharp
 */
export async function resizePicture(
  picture: OpenedPicture,
  rendition: Pick<Rendition, 'widthPx' | 'format'>,
  seconds = TIMEOUT_SECONDS,
): Promise<Uint8Array> {
  const { colour, header } = picture;
  if (colour === 'unsupported') {
    throw new AppError('unprocessable', 'undecodable-image', UNSUPPORTED_COLOUR);
  }
  const { width, height } = renditionSize(header.autoOrient, rendition);
  const resized = picture
    .decode()
    .autoOrient()
    .resize({ width, height, fit: 'fill' })
    .timeout({ seconds });
  // sharp converts pictures of 16 bits with a profile to Display P3, and stops there.
  if (colour === 'default' && isDeep(picture) && header.hasProfile)
    resized.withIccProfile('srgb', { attach: false });
  const inSrgb = colour === 'default' ? resized : await converted(resized, picture, colour);
  return encode(inSrgb, rendition.format, {
    pixels: width * height,
    transparent: header.hasAlpha,
  })
    .timeout({ seconds })
    .toBuffer();
}

/** Converts the resized pixels, which are fewer than those of the original. */
async function converted(
  resized: Sharp,
  picture: OpenedPicture,
  colour: SourceColour,
): Promise<Sharp> {
  const deep = isDeep(picture);
  const { data, info } = await resized
    .toColourspace(deep ? 'rgb16' : 'srgb')
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = info.channels as 3 | 4;
  const codes = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const pixels = {
    data: codes,
    channels,
    maxCode: largestCode(deep, picture.header.bitsPerSample),
  };
  const raw = { width, height, channels };
  return sharp(await convertToSrgb(pixels, colour), { raw });
}

/** libvips shifts samples of 10 or 12 bits to fill 16, and leaves the lowest bits 0. */
function largestCode(deep: boolean, bitsPerSample = 16): number {
  if (!deep) return 255;
  return ((1 << bitsPerSample) - 1) << (16 - bitsPerSample);
}

/** More than 8 bits per sample. */
export const isDeep = ({ header }: OpenedPicture): boolean => header.depth === 'ushort';
