import sharp, { type Sharp } from 'sharp';

/** A kind of picture that costs much, in the largest size that is accepted. */
export interface WorstPicture {
  readonly name: string;
  readonly format: 'jpeg' | 'png' | 'webp' | 'avif';
  readonly width: number;
  readonly height: number;
  make(): Promise<Buffer>;
}

type Size = readonly [width: number, height: number];
type Kernel = 'cubic' | 'nearest';

/** The limits of `libs/images/core/picture-limits.ts`, in the proportions of a photograph. */
const LARGEST: Size = [8_640, 5_780];
const LARGEST_PROGRESSIVE: Size = [5_470, 3_650];
const LARGEST_CMYK: Size = [2_738, 1_826];
const LARGEST_TWOFOLD: Size = [4_240, 2_830];
const LARGEST_DEEP_PNG: Size = [3_460, 2_310];
const LARGEST_DEEP_TWOFOLD_PNG: Size = [2_510, 1_670];
const LARGEST_WEBP: Size = [6_700, 4_470];
const LARGEST_AVIF: Size = [3_146, 2_097];
const LARGEST_DEEP_AVIF: Size = [2_355, 1_570];
/** Proportions whose widest rendition has the most pixels. */
const TALL: Size = [5_450, 9_150];
const TALL_WEBP: Size = [4_220, 7_100];
const TALL_AVIF: Size = [2_560, 2_578];

/**
 * Noise, enlarged so that the file stays below 15 MB. `cubic` looks like a blurred photograph; the
 * squares of `nearest` suit PNG and lossless WebP.
 */
async function noise([width, height]: Size, channels: 3 | 4, kernel: Kernel): Promise<Sharp> {
  const factor = kernel === 'cubic' ? 8 : 24;
  const small = { width: Math.ceil(width / factor), height: Math.ceil(height / factor), channels };
  let grain = 1;
  const pixels = Uint8Array.from({ length: small.width * small.height * channels }, () => {
    // The linear congruential generator of Numerical Recipes.
    grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) >>> 0;
    return grain >>> 24;
  });
  const raw = await sharp(pixels, { raw: small })
    .resize(width, height, { kernel, fit: 'fill' })
    .raw()
    .toBuffer();
  return sharp(raw, { raw: { width, height, channels }, limitInputPixels: false });
}

function worst(
  name: string,
  format: WorstPicture['format'],
  size: Size,
  options: { channels?: 3 | 4; kernel?: Kernel; save(picture: Sharp): Sharp; cutBytes?: number },
): WorstPicture {
  const { channels = 3, kernel = 'cubic', save, cutBytes = 0 } = options;
  const make = async () => {
    const file = await save(await noise(size, channels, kernel)).toBuffer();
    return file.subarray(0, file.byteLength - cutBytes);
  };
  return { name, format, width: size[0], height: size[1], make };
}

const squares = { channels: 4, kernel: 'nearest' } as const;
const deep = (picture: Sharp) => picture.toColourspace('rgb16');

export const WORST_PICTURES: readonly WorstPicture[] = [
  worst('4:2:0', 'jpeg', LARGEST, { save: (picture) => picture.jpeg({ quality: 80 }) }),
  worst('tall', 'jpeg', TALL, { save: (picture) => picture.jpeg({ quality: 80 }) }),
  worst('with a colour profile', 'jpeg', LARGEST, {
    save: (picture) => picture.withIccProfile('p3').jpeg({ quality: 80 }),
  }),
  worst('4:4:4, progressive', 'jpeg', LARGEST_PROGRESSIVE, {
    save: (picture) => picture.jpeg({ quality: 70, chromaSubsampling: '4:4:4', progressive: true }),
  }),
  worst('CMYK', 'jpeg', LARGEST_CMYK, {
    save: (picture) => picture.toColourspace('cmyk').jpeg({ quality: 60 }),
  }),
  worst('CMYK, progressive', 'jpeg', LARGEST_CMYK, {
    save: (picture) => picture.toColourspace('cmyk').jpeg({ quality: 60, progressive: true }),
  }),
  worst('without its end marker', 'jpeg', LARGEST, {
    save: (picture) => picture.jpeg({ quality: 70, chromaSubsampling: '4:4:4' }),
    cutBytes: 2,
  }),
  worst('8 bits, transparent', 'png', LARGEST_TWOFOLD, {
    ...squares,
    save: (picture) => picture.png(),
  }),
  worst('8 bits, with a colour profile', 'png', LARGEST_TWOFOLD, {
    ...squares,
    channels: 3,
    save: (picture) => picture.withIccProfile('p3').png(),
  }),
  worst('16 bits', 'png', LARGEST_DEEP_PNG, {
    ...squares,
    channels: 3,
    save: (picture) => deep(picture).png(),
  }),
  worst('16 bits, interlaced', 'png', LARGEST_DEEP_PNG, {
    ...squares,
    channels: 3,
    save: (picture) => deep(picture).png({ progressive: true }),
  }),
  worst('16 bits, with a colour profile', 'png', LARGEST_DEEP_TWOFOLD_PNG, {
    ...squares,
    channels: 3,
    save: (picture) => deep(picture).withIccProfile('p3').png(),
  }),
  worst('16 bits, transparent, with a colour profile', 'png', LARGEST_DEEP_TWOFOLD_PNG, {
    ...squares,
    save: (picture) => deep(picture).withIccProfile('p3').png(),
  }),
  worst('16 bits, transparent, interlaced', 'png', LARGEST_DEEP_TWOFOLD_PNG, {
    ...squares,
    save: (picture) => deep(picture).png({ progressive: true }),
  }),
  worst('lossy', 'webp', LARGEST_WEBP, {
    save: (picture) => picture.webp({ quality: 75, effort: 0 }),
  }),
  worst('lossy, tall', 'webp', TALL_WEBP, {
    save: (picture) => picture.webp({ quality: 75, effort: 0 }),
  }),
  worst('lossy, transparent', 'webp', LARGEST_TWOFOLD, {
    channels: 4,
    save: (picture) => picture.webp({ quality: 60, alphaQuality: 40, effort: 0 }),
  }),
  worst('lossless, transparent', 'webp', LARGEST_TWOFOLD, {
    ...squares,
    save: (picture) => picture.webp({ lossless: true, effort: 0 }),
  }),
  worst('4:2:0', 'avif', LARGEST_AVIF, {
    save: (picture) => picture.avif({ quality: 60, effort: 0, chromaSubsampling: '4:2:0' }),
  }),
  worst('4:4:4, tall', 'avif', TALL_AVIF, {
    save: (picture) => picture.avif({ quality: 60, effort: 0 }),
  }),
  worst('4:4:4, 10 bits, transparent', 'avif', LARGEST_DEEP_AVIF, {
    channels: 4,
    save: (picture) => picture.avif({ quality: 60, effort: 0, bitdepth: 10 }),
  }),
];
