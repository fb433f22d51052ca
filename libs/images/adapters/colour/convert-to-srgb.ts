import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SourceColour } from './source-colour.ts';
import { srgbSignal } from './transfer-functions.ts';

/** Interleaved RGB or RGBA. */
export interface Pixels {
  readonly data: Uint8Array | Uint16Array;
  readonly channels: number;
  /** The code value that stands for 1. Resizing can exceed it if it is not the largest one. */
  readonly maxCode: number;
}

/** Pixels between two turns of the event loop: a few milliseconds of work. */
const PIXELS_PER_TURN = 1 << 17;
const SIGNAL_STEPS = 65_535;

/**
 * Converts pixels to sRGB with 8 bits per channel. Colours outside sRGB, and light above its white,
 * are clipped. The transparency is kept.
 */
export async function convertToSrgb(pixels: Pixels, colour: SourceColour): Promise<Uint8Array> {
  const { data, channels, maxCode } = pixels;
  const target = new Uint8Array(data.length);
  const convert = converter(pixels, target, colour);
  const count = data.length / channels;
  for (let from = 0; from < count; from += PIXELS_PER_TURN) {
    const to = Math.min(from + PIXELS_PER_TURN, count);
    convert(from, to);
    if (channels === 4) copyAlpha(data, target, { from, to, maxCode });
    await nextTurn();
  }
  return target;
}

/** Returns a function that converts the pixels from one index to another. */
function converter({ data, channels, maxCode }: Pixels, target: Uint8Array, colour: SourceColour) {
  const codes = data instanceof Uint8Array ? 1 << 8 : 1 << 16;
  const light = lightOfCodes(codes, maxCode, colour);
  const { displayFactor } = colour.transfer;
  const [toRed, toGreen, toBlue] = colour.toSrgb;
  const luminance = LUMINANCE_BT2020;
  const signals = signalsOfLight();
  return (from: number, to: number): void => {
    for (let index = from * channels; index < to * channels; index += channels) {
      let red = light[data[index] as number] as number;
      let green = light[data[index + 1] as number] as number;
      let blue = light[data[index + 2] as number] as number;
      if (displayFactor) {
        const factor = displayFactor(
          luminance[0] * red + luminance[1] * green + luminance[2] * blue,
        );
        red *= factor;
        green *= factor;
        blue *= factor;
      }
      target[index] = signalOf(signals, toRed[0] * red + toRed[1] * green + toRed[2] * blue);
      target[index + 1] = signalOf(
        signals,
        toGreen[0] * red + toGreen[1] * green + toGreen[2] * blue,
      );
      target[index + 2] = signalOf(signals, toBlue[0] * red + toBlue[1] * green + toBlue[2] * blue);
    }
  };
}

/** ITU-R BT.2100 defines the brightness of an HLG pixel with these weights. */
const LUMINANCE_BT2020 = [0.2627, 0.678, 0.0593] as const;

/** The light of each code value. A narrow range leaves out 16 of 255 below and 20 above. */
function lightOfCodes(
  codes: number,
  maxCode: number,
  { transfer, fullRange }: SourceColour,
): Float32Array {
  const table = new Float32Array(codes);
  for (let code = 0; code < codes; code += 1) {
    const signal = code / maxCode;
    const ranged = fullRange ? signal : (signal * 255 - 16) / 219;
    table[code] = transfer.toLight(Math.min(Math.max(ranged, 0), 1));
  }
  return table;
}

let signalTable: Uint8Array | undefined;

/** The sRGB code of each step of light. Built on first use, so that start-up does not wait for it. */
function signalsOfLight(): Uint8Array {
  signalTable ??= Uint8Array.from({ length: SIGNAL_STEPS + 1 }, (_, step) =>
    Math.round(255 * srgbSignal(step / SIGNAL_STEPS)),
  );
  return signalTable;
}

function signalOf(signals: Uint8Array, light: number): number {
  const step = Math.round(Math.min(Math.max(light, 0), 1) * SIGNAL_STEPS);
  return signals[step] as number;
}

function copyAlpha(
  data: Pixels['data'],
  target: Uint8Array,
  { from, to, maxCode }: { from: number; to: number; maxCode: number },
): void {
  for (let index = from * 4 + 3; index < to * 4; index += 4) {
    target[index] = Math.round(((data[index] as number) / maxCode) * 255);
  }
}
