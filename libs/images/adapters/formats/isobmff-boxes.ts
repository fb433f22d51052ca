/** A box of a file in the ISO base media file format, such as AVIF. */
export interface Box {
  readonly type: string;
  /** The content, shorter than declared if the file ends early. */
  readonly content: Uint8Array;
  readonly endsEarly: boolean;
}

/** More boxes than a picture has. Later ones are ignored, to bound the work. */
const MOST_BOXES = 4_096;

/**
 * The boxes in `bytes`, which are a file or the content of a box: a size of 32 bits, or of 64 if
 * that is 1, or up to the end if it is 0; a type; and the content (ISO/IEC 14496-12, 4.2).
 */
export function* boxesIn(bytes: Uint8Array): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  for (let count = 0; count < MOST_BOXES && offset + 8 <= bytes.byteLength; count += 1) {
    let size = view.getUint32(offset);
    let header = 8;
    if (size === 1 && offset + 16 <= bytes.byteLength) {
      size = Number(view.getBigUint64(offset + 8));
      header = 16;
    }
    if (size === 0) size = bytes.byteLength - offset;
    if (size < header) return;
    const end = offset + size;
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    const content = bytes.subarray(offset + header, end);
    yield { type, content, endsEarly: end > bytes.byteLength };
    offset = end;
  }
}

/** The content of the first box of this type. */
export function boxIn(bytes: Uint8Array, type: string): Uint8Array | undefined {
  for (const box of boxesIn(bytes)) if (box.type === type) return box.content;
  return undefined;
}

/** Reads big-endian fields one after another. Beyond the end, every field is 0. */
export class FieldReader {
  private offset = 0;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** An unsigned integer of this many bytes. */
  unsigned(byteCount: number): number {
    let value = 0;
    for (let index = 0; index < byteCount; index += 1) {
      value = value * 256 + (this.bytes[this.offset + index] ?? 0);
    }
    this.offset += byteCount;
    return value;
  }

  /** Four characters. */
  type(): string {
    return String.fromCharCode(...Array.from({ length: 4 }, () => this.unsigned(1)));
  }

  skip(byteCount: number): void {
    this.offset += byteCount;
  }

  get ended(): boolean {
    return this.offset >= this.bytes.byteLength;
  }
}
