import { escapeXml } from '../endpoint/index.ts';
import { uriEncode } from '../endpoint/sigv4.ts';
import { AwsError, type WireResponse } from '../kernel.ts';
import type { Bucket } from './buckets.ts';
import type { S3Request } from './s3-request.ts';
import type { StoredObject } from './stored-object.ts';
import { xmlResponse } from './xml.ts';

const MAX_KEYS = 1000;

/**
 * ListObjectsV2: keys in byte order, in pages, grouped by a delimiter.
 * @throws AwsError InvalidArgument
 */
export function listObjects(bucket: Bucket, { query }: S3Request): WireResponse {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = Math.min(Number(query.get('max-keys') ?? MAX_KEYS), MAX_KEYS);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw new AwsError('InvalidArgument', 'Provided max-keys not an integer or within range');
  }
  const encode = query.get('encoding-type') === 'url' ? uriEncode : (text: string) => text;
  const text = (name: string, value: string | number | boolean) =>
    `<${name}>${escapeXml(String(value))}</${name}>`;

  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : fromToken(token);
  const page = pageAfter(bucket, { prefix, delimiter, after, maxKeys });
  const contents = page.objects.map(
    (object) =>
      `<Contents>${text('Key', encode(object.key))}${text('LastModified', object.modifiedAt.toISOString())}` +
      `${text('ETag', object.etag)}${text('Size', object.body.length)}${text('StorageClass', 'STANDARD')}</Contents>`,
  );
  const folders = page.folders.map(
    (folder) => `<CommonPrefixes>${text('Prefix', encode(folder))}</CommonPrefixes>`,
  );
  return xmlResponse(
    'ListBucketResult',
    [
      text('Name', bucket.name),
      text('Prefix', encode(prefix)),
      delimiter ? text('Delimiter', encode(delimiter)) : '',
      query.get('encoding-type') === 'url' ? text('EncodingType', 'url') : '',
      text('MaxKeys', maxKeys),
      text('KeyCount', contents.length + folders.length),
      text('IsTruncated', page.last !== undefined),
      page.last === undefined ? '' : text('NextContinuationToken', toToken(page.last)),
      ...contents,
      ...folders,
    ].join(''),
  );
}

interface Page {
  readonly objects: StoredObject[];
  readonly folders: string[];
  /** The last entry, if there is a next page. It starts after this entry. */
  readonly last?: string;
}

function pageAfter(
  bucket: Bucket,
  options: { prefix: string; delimiter: string; after: string; maxKeys: number },
): Page {
  const { prefix, delimiter, after, maxKeys } = options;
  const objects: StoredObject[] = [];
  const folders: string[] = [];
  let last = after;
  for (const key of keysInOrder(bucket, prefix)) {
    const folderEnd = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const entry = folderEnd < 0 ? key : key.slice(0, folderEnd + delimiter.length);
    if (compareBytes(entry, after) <= 0 || folders.at(-1) === entry) continue;
    if (objects.length + folders.length === maxKeys) return { objects, folders, last };
    const object = bucket.objects.get(key);
    if (folderEnd >= 0) folders.push(entry);
    else if (object) objects.push(object);
    last = entry;
  }
  return { objects, folders };
}

function keysInOrder(bucket: Bucket, prefix: string): string[] {
  return [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareBytes);
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function toToken(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function fromToken(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}
