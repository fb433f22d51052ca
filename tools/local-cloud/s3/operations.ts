import { escapeXml } from '../endpoint/index.ts';
import { AwsError, type WireResponse } from '../kernel.ts';
import { type Bucket, type Buckets, storeObject } from './buckets.ts';
import { copyObject } from './copy-object.ts';
import { deleteObjects } from './delete-objects.ts';
import { listObjects } from './list-objects.ts';
import type { ObjectEvents } from './object-events.ts';
import { checkWriteConditions, RESPONSE_OVERRIDES, readObject } from './read-object.ts';
import type { S3Request } from './s3-request.ts';
import { rejectUnknownHeaders, storedHeaders } from './stored-headers.ts';
import { xmlResponse } from './xml.ts';

/** Query parameters of ListObjectsV2. */
const LIST_QUERY = [
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'start-after',
  'continuation-token',
  'encoding-type',
  'fetch-owner',
];

interface Operation {
  /** Query parameters besides those of the signature. */
  readonly query?: readonly string[];
  run(request: S3Request): WireResponse;
}

/** Runs S3 operations. The caller verifies the signature. */
export class S3Operations {
  readonly #buckets: Buckets;
  readonly #events: ObjectEvents;

  constructor(buckets: Buckets, events: ObjectEvents) {
    this.#buckets = buckets;
    this.#events = events;
  }

  /** Runs a request. @throws AwsError NotImplemented for an unsupported operation or parameter */
  run(request: S3Request): WireResponse {
    const name = operationName(request);
    const operation = this.#operations[name];
    const known = ['x-id', ...(operation?.query ?? [])];
    const unknown = [...request.query.keys()].find(
      (parameter) => !known.includes(parameter) && !/^x-amz-/i.test(parameter),
    );
    if (!operation || unknown !== undefined) {
      const what = unknown === undefined ? name : `${name} with the parameter "${unknown}"`;
      throw new AwsError('NotImplemented', `The local S3 does not support ${what}`, 501);
    }
    rejectUnknownHeaders(request.headers);
    return operation.run(request);
  }

  readonly #operations: Readonly<Record<string, Operation>> = {
    'GET service': { run: () => this.#listBuckets() },
    'PUT bucket': {
      run: ({ bucket }) => {
        this.#buckets.create(bucket);
        return { status: 200, headers: { location: `/${bucket}` } };
      },
    },
    'HEAD bucket': {
      run: ({ bucket }) => {
        this.#buckets.get(bucket);
        return { status: 200 };
      },
    },
    'DELETE bucket': {
      run: ({ bucket }) => {
        this.#buckets.remove(bucket);
        return { status: 204 };
      },
    },
    'GET bucket': {
      query: LIST_QUERY,
      run: (request) => listObjects(this.#buckets.get(request.bucket), request),
    },
    'POST bucket': {
      query: ['delete'],
      run: (request) => {
        const bucket = this.#buckets.get(request.bucket);
        return deleteObjects(request, (key) => this.#remove(bucket, key));
      },
    },
    'PUT object': { run: (request) => this.#put(request) },
    'COPY object': {
      run: (request) => {
        const { object, response } = copyObject(this.#buckets, request);
        this.#events.created(this.#buckets.get(request.bucket), object, 'CopyObject');
        return response;
      },
    },
    'GET object': {
      query: RESPONSE_OVERRIDES,
      run: (request) => readObject(this.#buckets.get(request.bucket), request),
    },
    'HEAD object': { run: (request) => readObject(this.#buckets.get(request.bucket), request) },
    'DELETE object': {
      run: (request) => {
        this.#remove(this.#buckets.get(request.bucket), request.key);
        return { status: 204 };
      },
    },
  };

  #put(request: S3Request): WireResponse {
    const bucket = this.#buckets.get(request.bucket);
    checkWriteConditions(bucket, request);
    const object = storeObject(bucket, {
      key: request.key,
      body: request.body,
      headers: storedHeaders(request.headers),
      checksums: request.checksums,
    });
    this.#events.created(bucket, object, 'PutObject');
    return { status: 200, headers: { etag: object.etag, ...request.checksums } };
  }

  #remove(bucket: Bucket, key: string): void {
    if (bucket.objects.delete(key)) this.#events.deleted(bucket, key);
  }

  #listBuckets(): WireResponse {
    const buckets = this.#buckets
      .all()
      .map(
        ({ name, createdAt }) =>
          `<Bucket><Name>${escapeXml(name)}</Name>` +
          `<CreationDate>${createdAt.toISOString()}</CreationDate></Bucket>`,
      );
    return xmlResponse('ListAllMyBucketsResult', `<Buckets>${buckets.join('')}</Buckets>`);
  }
}

/**
 * The name of a request's operation: `GET bucket`, `PUT object`, … ListObjects version 1 and
 * DeleteObjects without `?delete` get names of no operation.
 */
function operationName({ method, bucket, key, query, headers }: S3Request): string {
  if (bucket === '') return `${method} service`;
  if (key === '') {
    if (method === 'GET' && query.get('list-type') !== '2') return subresource('GET bucket', query);
    if (method === 'POST' && !query.has('delete')) return 'POST bucket without ?delete';
    return `${method} bucket`;
  }
  const copies = method === 'PUT' && headers['x-amz-copy-source'] !== undefined;
  return copies ? 'COPY object' : `${method} object`;
}

function subresource(what: string, query: URLSearchParams): string {
  const names = [...query.keys()].filter((name) => name !== 'x-id' && !/^x-amz-/i.test(name));
  return `${what} without list-type=2${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
}
