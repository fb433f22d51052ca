import type { S3Operation } from './members.ts';
import type { S3Request } from './s3-request.ts';

/** How S3 selects an operation, and the query parameters that select it. */
interface Selection {
  readonly operation: S3Operation;
  readonly selectors: readonly string[];
}

const select = (operation: S3Operation, ...selectors: string[]): Selection => ({
  operation,
  selectors,
});

/**
 * Selects the operation of a request. Undefined when the local S3 has none for the method. A
 * subresource that is not supported, e.g. `?acl`, stays a query parameter that no member is bound
 * to.
 */
export function operationOf(request: S3Request): Selection | undefined {
  if (request.bucket === '') {
    return request.method === 'GET' ? select('ListBuckets') : undefined;
  }
  return request.key === '' ? ofBucket(request) : ofObject(request);
}

function ofBucket({ method, query }: S3Request): Selection | undefined {
  switch (method) {
    case 'GET':
      if (query.has('uploads')) return select('ListMultipartUploads', 'uploads');
      if (query.has('location')) return select('GetBucketLocation', 'location');
      if (query.get('list-type') === '2') return select('ListObjectsV2', 'list-type');
      return select('ListObjects');
    case 'PUT':
      return select('CreateBucket');
    case 'HEAD':
      return select('HeadBucket');
    case 'DELETE':
      return select('DeleteBucket');
    case 'POST':
      return query.has('delete') ? select('DeleteObjects', 'delete') : undefined;
    default:
      return undefined;
  }
}

function ofObject({ method, query, headers }: S3Request): Selection | undefined {
  const copies = headers['x-amz-copy-source'] !== undefined;
  switch (method) {
    case 'GET':
      if (query.has('uploadId')) return select('ListParts');
      if (query.has('attributes')) return select('GetObjectAttributes', 'attributes');
      return select('GetObject');
    case 'HEAD':
      return select('HeadObject');
    case 'PUT':
      if (query.has('uploadId')) return select(copies ? 'UploadPartCopy' : 'UploadPart');
      return select(copies ? 'CopyObject' : 'PutObject');
    case 'POST':
      if (query.has('uploads')) return select('CreateMultipartUpload', 'uploads');
      return query.has('uploadId') ? select('CompleteMultipartUpload') : undefined;
    case 'DELETE':
      return select(query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject');
    default:
      return undefined;
  }
}
