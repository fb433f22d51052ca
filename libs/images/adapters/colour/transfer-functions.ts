/** How a code value becomes light. Both are fractions; light is 1 for the white of sRGB. */
export interface Transfer {
  toLight(signal: number): number;
  /**
   * Present if the light is that of a scene, and depends on the brightness of the whole pixel when
   * shown: the factor for a pixel of this luminance.
   */
  readonly displayFactor?: (luminance: number) => number;
}

/**
 * The light of SDR white on an HDR display, in cd/m²: ITU-R BT.2408. Brighter parts of an HDR
 * picture, such as reflections, are clipped.
 */
const REFERENCE_WHITE = 203;

/** https://www.w3.org/TR/css-color-4/#color-conversion-code */
export const SRGB_TRANSFER: Transfer = {
  toLight: (signal) => (signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4),
};

/** The sRGB signal for light from 0 to 1. */
export function srgbSignal(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** Light that is a power of the signal. */
export function powerTransfer(exponent: number): Transfer {
  return { toLight: (signal) => signal ** exponent };
}

/** SMPTE ST 2084: the signal stands for light from 0 to 10,000 cd/m². */
const PQ: Transfer = {
  toLight: (signal) => {
    const root = signal ** (32 / 2523);
    const light = Math.max(root - 3424 / 4096, 0) / (2413 / 128 - (2392 / 128) * root);
    return (10_000 * light ** (16384 / 2610)) / REFERENCE_WHITE;
  },
};

/** Peak of the display for which ITU-R BT.2100 defines HLG, in cd/m². */
const HLG_PEAK = 1000;
const HLG_GAMMA = 1.2;
const [HLG_A, HLG_B, HLG_C] = [0.17883277, 0.28466892, 0.55991073];

/** ITU-R BT.2100, table 5: the inverse OETF, and the OOTF as the factor of a pixel. */
const HLG: Transfer = {
  toLight: (signal) =>
    signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - HLG_C) / HLG_A) + HLG_B) / 12,
  displayFactor: (luminance) =>
    luminance <= 0 ? 0 : (luminance ** (HLG_GAMMA - 1) * HLG_PEAK) / REFERENCE_WHITE,
};

/**
 * By the code points of ITU-T H.273, table 3. The curves for cameras (BT.709 and its relatives) are
 * shown as sRGB, as browsers do: they describe how a camera encodes, not how a display decodes.
 */
const CODED: Readonly<Record<number, Transfer>> = {
  1: SRGB_TRANSFER,
  // Unspecified.
  2: SRGB_TRANSFER,
  4: powerTransfer(2.2),
  5: powerTransfer(2.8),
  6: SRGB_TRANSFER,
  7: SRGB_TRANSFER,
  8: powerTransfer(1),
  11: SRGB_TRANSFER,
  12: SRGB_TRANSFER,
  13: SRGB_TRANSFER,
  14: SRGB_TRANSFER,
  15: SRGB_TRANSFER,
  16: PQ,
  18: HLG,
};

/** The function with this code point, or undefined if it is reserved or not supported. */
export function codedTransfer(code: number): Transfer | undefined {
  return CODED[code];
}
