import { DetailedAwsError } from '../endpoint/index.ts';

/** A range of bytes. Both ends are inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Parses a Range header. Like S3, it ignores anything but a single byte range.
 * @throws AwsError InvalidRange when the range starts after the end
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const suffix = match[1] === '';
  const first = suffix ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = suffix || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && !suffix && Number(match[2]) < first) return undefined;
  if (first >= size) {
    throw new DetailedAwsError(
      'InvalidRange',
      'The requested range is not satisfiable',
      { RangeRequested: header, ActualObjectSize: size },
      416,
    );
  }
  return { first, last };
}
