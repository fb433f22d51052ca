import type { WireResponse } from '../kernel.ts';
import type { Bucket } from './buckets.ts';
import { xmlChecksums } from './checksums.ts';
import { compareBytes, keyPage, readEncoding, readMaximum } from './list-page.ts';
import type { MultipartUpload } from './multipart-uploads.ts';
import { OWNER } from './owner.ts';
import type { S3Request } from './s3-request.ts';
import { type XmlContent, xmlResponse } from './xml.ts';

/** ListParts: the parts of an unfinished upload in pages. @throws AwsError NoSuchUpload, InvalidArgument */
export function listParts(bucket: Bucket, request: S3Request): WireResponse {
  const { query, key } = request;
  const upload = bucket.uploads.get(request);
  const max = readMaximum(query, 'max-parts');
  const marker = Number(query.get('part-number-marker') || 0);
  const rest = [...upload.parts.values()]
    .filter((part) => part.number > marker)
    .sort((a, b) => a.number - b.number);
  const parts = rest.slice(0, max);
  return xmlResponse('ListPartsResult', {
    Bucket: bucket.name,
    Key: key,
    ...described(upload),
    PartNumberMarker: marker,
    NextPartNumberMarker: parts.at(-1)?.number ?? 0,
    MaxParts: max,
    IsTruncated: parts.length > 0 && parts.length < rest.length,
    Part: parts.map((part) => ({
      PartNumber: part.number,
      LastModified: part.modifiedAt,
      ETag: part.etag,
      Size: part.body.length,
      ...xmlChecksums(part.checksums),
    })),
  });
}

/**
 * ListMultipartUploads: unfinished uploads by key and time, in pages, grouped by a delimiter.
 * @throws AwsError InvalidArgument
 */
export function listUploads(bucket: Bucket, { query }: S3Request): WireResponse {
  const text = (name: string) => query.get(name) ?? '';
  const [prefix, delimiter] = [text('prefix'), text('delimiter')];
  const [keyMarker, idMarker] = [text('key-marker'), text('upload-id-marker')];
  const max = readMaximum(query, 'max-uploads');
  const encode = readEncoding(query);
  const page = keyPage(bucket.uploads.all(), {
    ...{ prefix, delimiter, after: keyMarker, max },
    isAfter: ({ key, id }) =>
      keyMarker === '' ||
      compareBytes(key, keyMarker) > 0 ||
      (idMarker !== '' && key === keyMarker && compareBytes(id, idMarker) > 0),
  });
  return xmlResponse('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: page.last && encode(page.last.entry),
    NextUploadIdMarker: page.last?.item?.id,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: query.has('encoding-type') ? 'url' : undefined,
    MaxUploads: max,
    IsTruncated: page.last !== undefined,
    Upload: page.items.map((upload) => ({
      Key: encode(upload.key),
      ...described(upload),
      Initiated: upload.initiatedAt,
    })),
    CommonPrefixes: page.folders.map((folder) => ({ Prefix: encode(folder) })),
  });
}

function described(upload: MultipartUpload): XmlContent {
  return {
    UploadId: upload.id,
    Initiator: OWNER,
    Owner: OWNER,
    StorageClass: 'STANDARD',
    ChecksumAlgorithm: upload.algorithm?.toUpperCase(),
    ChecksumType: upload.checksumType,
  };
}
