import { DetailedAwsError } from '../endpoint/index.ts';
import type { AwsError } from '../kernel.ts';
import { type Bucket, objectOf } from './buckets.ts';
import { notImplemented } from './members.ts';
import type { S3Request } from './s3-request.ts';
import type { StoredObject } from './stored-object.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * Checks the conditions of a read. `If-Match` and `If-None-Match` have priority over the dates.
 * @returns true when the client already has the object
 * @throws AwsError PreconditionFailed
 */
export function checkReadConditions(object: StoredObject, headers: Headers): boolean {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !listsTag(ifMatch, object.etag)) throw failed('If-Match');
  const unmodifiedSince = Date.parse(headers['if-unmodified-since'] ?? '');
  if (ifMatch === undefined && seconds(object.modifiedAt) > unmodifiedSince) {
    throw failed('If-Unmodified-Since');
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return listsTag(ifNoneMatch, object.etag);
  return seconds(object.modifiedAt) <= Date.parse(headers['if-modified-since'] ?? '');
}

const COPY_SOURCE = 'x-amz-copy-source-';

/**
 * Checks the conditions of a copy's source. Unlike those of a read, they always fail with 412.
 * @throws AwsError PreconditionFailed
 */
export function checkSourceConditions(source: StoredObject, headers: Headers): void {
  const conditions = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(`${COPY_SOURCE}if-`))
      .map(([name, value]) => [name.slice(COPY_SOURCE.length), value]),
  );
  if (!checkReadConditions(source, conditions)) return;
  const name = conditions['if-none-match'] === undefined ? 'if-modified-since' : 'if-none-match';
  throw failed(`${COPY_SOURCE}${name}`);
}

/**
 * Checks the conditions of a write: `If-None-Match: *` (no object exists) and `If-Match` (the
 * object has this ETag).
 * @throws AwsError PreconditionFailed, NoSuchKey; NotImplemented for another If-None-Match
 */
export function checkWriteConditions(bucket: Bucket, request: S3Request): void {
  const existing = bucket.objects.get(request.key);
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw notImplemented('A write supports only If-None-Match: *');
  }
  if (ifNoneMatch === '*' && existing) throw failed('If-None-Match');
  const ifMatch = request.headers['if-match'];
  if (ifMatch === undefined) return;
  if (!listsTag(ifMatch, objectOf(bucket, request.key).etag)) throw failed('If-Match');
}

/**
 * Checks the ETag that a deletion requires. An object that does not exist passes.
 * @throws AwsError PreconditionFailed
 */
export function checkDeleteCondition(
  object: StoredObject | undefined,
  wantedTag: string | undefined,
): void {
  if (object && wantedTag !== undefined && !listsTag(wantedTag, object.etag)) {
    throw failed('If-Match');
  }
}

/** Whether `If-Range` allows a range: the ETag, or the exact date of the last change. */
export function rangeApplies(object: StoredObject, ifRange: string | undefined): boolean {
  if (ifRange === undefined) return true;
  return ifRange === object.etag || Date.parse(ifRange) === seconds(object.modifiedAt);
}

function listsTag(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag || `"${tag}"` === etag);
}

/** Truncates to whole seconds, because HTTP dates have no fractions. */
function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}

function failed(Condition: string): AwsError {
  return new DetailedAwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { Condition },
    412,
  );
}
