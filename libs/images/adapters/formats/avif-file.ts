import { boxesIn, boxIn, FieldReader } from './isobmff-boxes.ts';

/** Where a file stores an item: the ranges of its bytes, joined. */
interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** The parts of an AVIF that decide its format and colour. */
export interface AvifFile {
  /** Whether the primary picture, or each tile of it, is coded as AV1. */
  readonly isAv1: boolean;
  /** The contents of the colour boxes (`colr`) of the primary picture. */
  readonly colourBoxes: readonly Uint8Array[];
  /** The content of the `av1C` box of the picture or its first tile. */
  readonly av1Configuration: Uint8Array | undefined;
  /** The start of the AV1 data of the picture or its first tile. */
  readonly av1Data: Uint8Array | undefined;
  /** Whether the file ends before a box, or before an item's data. */
  readonly endsEarly: boolean;
}

/** More items than a picture of an encoder has. Later ones are ignored, to bound the work. */
const MOST_ENTRIES = 4_096;
/** libheif allows 1,000 items with 32 extents each. Later extents are ignored, to bound the work. */
const MOST_EXTENTS = 65_536;
/** A sequence header is much shorter. */
const MOST_HEADER_BYTES = 256;

/**
 * Reads the structure of a HEIF file (ISO/IEC 23008-12) without decoding a picture.
 * @returns undefined if the bytes are not a HEIF file
 */
export function readAvifFile(bytes: Uint8Array): AvifFile | undefined {
  const boxes = [...boxesIn(bytes)];
  if (boxes[0]?.type !== 'ftyp') return undefined;
  const meta = boxes.find(({ type }) => type === 'meta')?.content.subarray(4) ?? new Uint8Array();
  const boxesEndEarly = boxes.length === 1 || boxes.some((box) => box.endsEarly);
  const types = itemTypes(meta);
  const locations = itemLocations(meta);
  const primary = primaryItem(meta);
  const isGrid = types.get(primary) === 'grid';
  const pixels = isGrid ? (firstTile(meta, primary) ?? primary) : primary;
  const own = propertiesOf(meta, primary);
  const ofPixels = propertiesOf(meta, pixels);
  const extents = [...locations.values()].flat();
  const [start] = locations.get(pixels) ?? [];
  return {
    isAv1: types.get(pixels) === 'av01',
    colourBoxes: (own.has('colr') ? own : ofPixels).get('colr') ?? [],
    av1Configuration: ofPixels.get('av1C')?.[0],
    av1Data: start && bytes.subarray(start.offset, start.offset + MOST_HEADER_BYTES),
    endsEarly: boxesEndEarly || extents.some((at) => at.offset + at.length > bytes.byteLength),
  };
}

function primaryItem(meta: Uint8Array): number {
  const reader = new FieldReader(boxIn(meta, 'pitm') ?? new Uint8Array());
  const version = reader.unsigned(1);
  reader.skip(3);
  return reader.unsigned(version === 0 ? 2 : 4);
}

/** The type of each item, such as `av01` or `grid`. */
function itemTypes(meta: Uint8Array): Map<number, string> {
  const content = boxIn(meta, 'iinf') ?? new Uint8Array();
  const types = new Map<number, string>();
  for (const { content: entry } of boxesIn(content.subarray(content[0] === 0 ? 6 : 8))) {
    const reader = new FieldReader(entry);
    const version = reader.unsigned(1);
    reader.skip(3);
    const item = reader.unsigned(version === 2 ? 2 : 4);
    reader.skip(2);
    types.set(item, reader.type());
    if (types.size >= MOST_ENTRIES) break;
  }
  return types;
}

/** The extents in the file of each item. Items that are stored elsewhere have none. */
function itemLocations(meta: Uint8Array): Map<number, Extent[]> {
  const locations = new Map<number, Extent[]>();
  const reader = new FieldReader(boxIn(meta, 'iloc') ?? new Uint8Array());
  const version = reader.unsigned(1);
  reader.skip(3);
  const sizes = reader.unsigned(1);
  const [offsetSize, lengthSize] = [sizes >> 4, sizes & 15];
  const moreSizes = reader.unsigned(1);
  const [baseSize, indexSize] = [moreSizes >> 4, version === 0 ? 0 : moreSizes & 15];
  const items = reader.unsigned(version < 2 ? 2 : 4);
  let extentsLeft = MOST_EXTENTS;
  for (let index = 0; index < Math.min(items, MOST_ENTRIES) && !reader.ended; index += 1) {
    const item = reader.unsigned(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : reader.unsigned(2) & 15;
    reader.skip(2);
    const base = reader.unsigned(baseSize);
    const count = reader.unsigned(2);
    const extents: Extent[] = [];
    for (let extent = 0; extent < count && !reader.ended && extentsLeft > 0; extent += 1) {
      extentsLeft -= 1;
      reader.skip(indexSize);
      const offset = base + reader.unsigned(offsetSize);
      extents.push({ offset, length: reader.unsigned(lengthSize) });
    }
    locations.set(item, method === 0 ? extents : []);
  }
  return locations;
}

/** The first picture from which a grid is made. */
function firstTile(meta: Uint8Array, grid: number): number | undefined {
  const content = boxIn(meta, 'iref') ?? new Uint8Array();
  const idSize = content[0] === 0 ? 2 : 4;
  for (const { type, content: reference } of boxesIn(content.subarray(4))) {
    const reader = new FieldReader(reference);
    const from = reader.unsigned(idSize);
    if (type === 'dimg' && from === grid && reader.unsigned(2) > 0) return reader.unsigned(idSize);
  }
  return undefined;
}

/** The properties of an item by type. */
function propertiesOf(meta: Uint8Array, item: number): Map<string, Uint8Array[]> {
  const iprp = boxIn(meta, 'iprp') ?? new Uint8Array();
  const all = [...boxesIn(boxIn(iprp, 'ipco') ?? new Uint8Array())].slice(0, MOST_ENTRIES);
  const found = new Map<string, Uint8Array[]>();
  for (const index of associationsOf(boxIn(iprp, 'ipma') ?? new Uint8Array(), item)) {
    const property = all[index - 1];
    if (!property) continue;
    found.set(property.type, [...(found.get(property.type) ?? []), property.content]);
  }
  return found;
}

/** The one-based indices of an item's properties. */
function associationsOf(ipma: Uint8Array, item: number): number[] {
  const reader = new FieldReader(ipma);
  const version = reader.unsigned(1);
  reader.skip(2);
  const wide = (reader.unsigned(1) & 1) === 1;
  const items = reader.unsigned(4);
  for (let index = 0; index < Math.min(items, MOST_ENTRIES) && !reader.ended; index += 1) {
    const of = reader.unsigned(version === 0 ? 2 : 4);
    const indices = Array.from({ length: reader.unsigned(1) }, () =>
      wide ? reader.unsigned(2) & 0x7fff : reader.unsigned(1) & 0x7f,
    );
    if (of === item) return indices;
  }
  return [];
}
