import { colourOfSequenceHeader } from '../formats/av1-sequence-header.ts';
import type { AvifFile } from '../formats/avif-file.ts';
import { FieldReader } from '../formats/isobmff-boxes.ts';
import { hasPngChunk, pngChunksBeforeData } from '../formats/png-chunks.ts';
import { type Chromaticities, SRGB_CHROMATICITIES } from './chromaticities.ts';
import { type DeclaredColour, fromCodePoints, unlessSrgb } from './source-colour.ts';
import { powerTransfer, SRGB_TRANSFER, type Transfer } from './transfer-functions.ts';

/**
 * The colour of a PNG, by the chunk that comes first in this order: `cICP`, `iCCP`, `sRGB`, then
 * `gAMA` and `cHRM`. https://www.w3.org/TR/png-3/#13Decoder-colour-space-precedence
 */
export function pngColour(bytes: Uint8Array): DeclaredColour {
  const chunks = new Map<string, Uint8Array>();
  for (const { name, data } of pngChunksBeforeData(bytes)) {
    if (!chunks.has(name)) chunks.set(name, data);
  }
  const coded = chunks.get('cICP');
  if (coded?.byteLength === 4) {
    const [primaries = 0, transfer = 0, matrix, fullRange] = coded;
    // PNG stores RGB, so only the identity matrix is allowed.
    if (matrix !== 0) return 'unsupported';
    return fromCodePoints({ primaries, transfer, fullRange: fullRange === 1 });
  }
  if (chunks.has('iCCP') || chunks.has('sRGB')) return 'default';
  return unlessSrgb({
    chromaticities: chromaticitiesIn(chunks.get('cHRM')) ?? SRGB_CHROMATICITIES,
    transfer: transferIn(chunks.get('gAMA')) ?? SRGB_TRANSFER,
    fullRange: true,
  });
}

/** Whether a PNG has a `cICP` chunk, which takes precedence over an ICC profile. */
export function hasCodedColour(bytes: Uint8Array): boolean {
  return hasPngChunk(bytes, 'cICP');
}

/** `gAMA` and `cHRM` hold fractions times this. */
const PNG_FRACTION = 100_000;
const SRGB_GAMMA = 1 / 2.2;

/** A gamma outside this range is a mistake, and decoders ignore it. */
function transferIn(gAMA: Uint8Array | undefined): Transfer | undefined {
  if (gAMA?.byteLength !== 4) return undefined;
  const gamma = new FieldReader(gAMA).unsigned(4) / PNG_FRACTION;
  if (gamma < 0.1 || gamma > 10) return undefined;
  // 0.45455 stands for sRGB, whose curve is close to a power of 2.2.
  if (Math.abs(gamma - SRGB_GAMMA) < 0.005) return SRGB_TRANSFER;
  return powerTransfer(1 / gamma);
}

function chromaticitiesIn(cHRM: Uint8Array | undefined): Chromaticities | undefined {
  if (cHRM?.byteLength !== 32) return undefined;
  const reader = new FieldReader(cHRM);
  const place = () => {
    const x = reader.unsigned(4) / PNG_FRACTION;
    return [x, reader.unsigned(4) / PNG_FRACTION] as const;
  };
  const [white, red, green, blue] = [place(), place(), place(), place()];
  return { white, red, green, blue };
}

/**
 * The colour of an AVIF: an ICC profile if there is one, then the code points in its `colr` box,
 * then those in the AV1 data. https://aomediacodec.github.io/av1-avif/
 */
export function avifColour(file: AvifFile): DeclaredColour {
  const types = file.colourBoxes.map((box) => new FieldReader(box).type());
  if (types.includes('prof') || types.includes('rICC')) return 'default';
  const nclx = file.colourBoxes[types.indexOf('nclx')];
  if (nclx) {
    const reader = new FieldReader(nclx.subarray(4));
    // libheif applies the matrix and the range when it converts to RGB.
    return fromCodePoints({
      primaries: reader.unsigned(2),
      transfer: reader.unsigned(2),
      fullRange: true,
    });
  }
  const header =
    (file.av1Configuration && colourOfSequenceHeader(file.av1Configuration.subarray(4))) ??
    (file.av1Data && colourOfSequenceHeader(file.av1Data));
  return header ? fromCodePoints(header) : 'default';
}
