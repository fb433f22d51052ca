/** The structure of a JPEG, read from its markers without decoding anything. */
export interface JpegStructure {
  /** Number of scans: one or a few in a baseline file, usually ten in a progressive one. */
  readonly scans: number;
  /** Whether there is a frame header, which states the size of the picture. */
  readonly hasFrame: boolean;
  /** Whether the end marker (EOI) is there. */
  readonly hasEnd: boolean;
  /** Whether the scans together send every coefficient of every component in full precision. */
  readonly hasAllScans: boolean;
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const COEFFICIENTS = 64;
/** More scans than any encoder writes. Later ones are not counted, to bound the work. */
const MOST_SCANS_COUNTED = 500;

/** Whether a file begins as a JPEG does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}

/**
 * Reads the structure of a JPEG: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B. Skips bytes
 * between segments, as decoders do.
 * @returns undefined if the bytes are not a JPEG
 */
export function readJpegStructure(bytes: Uint8Array): JpegStructure | undefined {
  if (!isJpeg(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sent = new CoefficientsSent();
  let scans = 0;
  let offset = 2;
  let hasEnd = false;
  while (scans < MOST_SCANS_COUNTED) {
    const at = nextMarker(bytes, offset);
    if (at === undefined) break;
    const marker = bytes[at + 1] ?? 0;
    hasEnd = marker === END_OF_IMAGE;
    if (hasEnd) break;
    offset = at + 2;
    if (marker === 0x01 || marker === 0xd8) continue;
    if (offset + 2 > bytes.byteLength) break;
    const segment = bytes.subarray(offset + 2, offset + view.getUint16(offset));
    if (isStartOfFrame(marker)) sent.frame(segment);
    if (marker === START_OF_SCAN) {
      scans += 1;
      sent.scan(segment);
    }
    offset += view.getUint16(offset);
  }
  return { scans, hasFrame: sent.hasFrame, hasEnd, hasAllScans: sent.all() };
}

/** The offset of the next marker. Stuffed zeros and restart markers belong to a scan's data. */
function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.byteLength) {
    const code = bytes[at + 1] ?? 0;
    const inScan = code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
    if (!inScan) return at;
    at = bytes.indexOf(0xff, at + (code === 0xff ? 1 : 2));
  }
  return undefined;
}

/** SOF0 to SOF15, without the three codes in between that mean something else. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Notes which bits of which coefficients the scans have sent. */
class CoefficientsSent {
  /** Per component, the lowest bit sent of each coefficient. */
  private readonly lowestBits = new Map<number, Uint8Array>();

  /** Only the first frame counts. Decoders reject a second one, and each costs memory. */
  frame(segment: Uint8Array): void {
    if (this.hasFrame) return;
    const components = segment[5] ?? 0;
    for (let index = 0; index < components; index += 1) {
      this.lowestBits.set(segment[6 + 3 * index] ?? 0, new Uint8Array(COEFFICIENTS).fill(0xff));
    }
  }

  scan(segment: Uint8Array): void {
    const components = segment[0] ?? 0;
    const [first = 0, last = 0, bits = 0] = segment.subarray(1 + 2 * components);
    for (let index = 0; index < components; index += 1) {
      const lowest = this.lowestBits.get(segment[1 + 2 * index] ?? 0);
      lowest?.fill(bits & 0x0f, first, Math.min(last + 1, COEFFICIENTS));
    }
  }

  get hasFrame(): boolean {
    return this.lowestBits.size > 0;
  }

  all(): boolean {
    const components = [...this.lowestBits.values()];
    return components.length > 0 && components.every((lowest) => lowest.every((bit) => bit === 0));
  }
}
