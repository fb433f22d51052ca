import { rejectUndeclaredRest } from '../endpoint/index.ts';
import { AwsError, type Kernel, type WireResponse } from '../kernel.ts';
import type { Actor } from '../permissions/index.ts';
import { createBucket, headBucket, listBuckets } from './bucket-operations.ts';
import { type Bucket, type Buckets, storeObject } from './buckets.ts';
import { callInput } from './call-input.ts';
import { completeUpload } from './complete-upload.ts';
import { checkDeleteCondition, checkWriteConditions } from './conditions.ts';
import { copyObject } from './copy-object.ts';
import { deleteObjects } from './delete-objects.ts';
import { listObjectsV1, listObjectsV2 } from './list-objects.ts';
import { listParts, listUploads } from './list-uploads.ts';
import { notImplemented, S3_MEMBERS, type S3Operation } from './members.ts';
import { objectAttributes } from './object-attributes.ts';
import type { CreationReason, ObjectEvents } from './object-events.ts';
import { operationOf } from './operation-of.ts';
import { checksumHeaders, readObject } from './read-object.ts';
import type { S3Request } from './s3-request.ts';
import { storedHeaders } from './stored-headers.ts';
import type { StoredObject } from './stored-object.ts';
import { createUpload, uploadPart, uploadPartCopy } from './upload-parts.ts';
import { xmlResponse } from './xml.ts';

/** Headers with the account that a bucket must belong to. */
const OWNER_HEADERS = ['x-amz-expected-bucket-owner', 'x-amz-source-expected-bucket-owner'];

type Operations = Readonly<
  Record<S3Operation, (request: S3Request, caller: Actor) => WireResponse | Promise<WireResponse>>
>;

/** Runs S3 operations. The caller verifies the signature. */
export class S3Operations {
  readonly #kernel: Kernel;
  readonly #buckets: Buckets;
  readonly #events: ObjectEvents;

  constructor(kernel: Kernel, buckets: Buckets, events: ObjectEvents) {
    this.#kernel = kernel;
    this.#buckets = buckets;
    this.#events = events;
  }

  /**
   * Runs a request of a caller.
   * @throws AwsError NotImplemented for an unsupported operation or parameter; AccessDenied without
   * permission, also for a missing object when the caller may not list the bucket
   */
  async run(request: S3Request, caller: Actor): Promise<WireResponse> {
    const selected = operationOf(request);
    if (!selected) {
      const names = [...request.query.keys()].filter((name) => !/^x-/i.test(name));
      const parameters = names.length > 0 ? ` with the parameter ${names.join(', ')}` : '';
      const subject = request.key === '' ? 'a bucket' : 'an object';
      throw notImplemented(
        `The local cloud does not support ${request.method} of ${subject}${parameters}`,
      );
    }
    const { operation, selectors } = selected;
    rejectUndeclaredRest(withoutSignature(request), S3_MEMBERS[operation], operation, {
      // Verified digests of the body are not members of most operations.
      alsoKnown: [...selectors, ...Object.keys(request.checksums), 'content-md5'],
      unsupported: notImplemented,
    });
    const { accountId } = this.#kernel;
    if (OWNER_HEADERS.some((name) => (request.headers[name] ?? accountId) !== accountId)) {
      throw new AwsError('AccessDenied', 'Access Denied', 403);
    }
    const input = callInput(request);
    // DeleteObjects needs a permission per key. A key without it is reported among the errors.
    if (operation !== 'DeleteObjects') caller.authorize('s3', operation, input);
    try {
      return await this.#operations[operation](request, caller);
    } catch (error) {
      const isMissing = error instanceof AwsError && error.code === 'NoSuchKey';
      if (isMissing) caller.requireMissing('s3', operation, input);
      throw error;
    }
  }

  readonly #operations: Operations = {
    ListBuckets: (request) => listBuckets(this.#buckets, this.#kernel, request),
    CreateBucket: (request) => createBucket(this.#buckets, this.#kernel, request),
    HeadBucket: (request) => headBucket(this.#buckets, this.#kernel, request),
    DeleteBucket: ({ bucket }) => {
      this.#buckets.remove(bucket);
      return { status: 204 };
    },
    GetBucketLocation: (request) => {
      this.#bucketOf(request);
      // The location of buckets in us-east-1 is empty.
      return xmlResponse('LocationConstraint', {});
    },
    ListObjects: (request) => listObjectsV1(this.#bucketOf(request), request),
    ListObjectsV2: (request) => listObjectsV2(this.#bucketOf(request), request),
    DeleteObjects: (request, caller) => {
      const bucket = this.#bucketOf(request);
      return deleteObjects(request, (Key, wantedTag) => {
        caller.authorize('s3', 'DeleteObject', { Bucket: bucket.name, Key });
        this.#remove(bucket, Key, wantedTag);
      });
    },
    PutObject: (request) => this.#put(request),
    CopyObject: async (request) =>
      this.#announced(request, 'CopyObject', await copyObject(this.#buckets, request)),
    GetObject: (request) => readObject(this.#bucketOf(request), request),
    HeadObject: (request) => readObject(this.#bucketOf(request), request),
    DeleteObject: (request) => {
      this.#remove(this.#bucketOf(request), request.key, request.headers['if-match']);
      return { status: 204 };
    },
    GetObjectAttributes: (request) => objectAttributes(this.#bucketOf(request), request),
    CreateMultipartUpload: (request) => createUpload(this.#bucketOf(request), request),
    UploadPart: (request) => uploadPart(this.#bucketOf(request), request),
    UploadPartCopy: (request) => uploadPartCopy(this.#buckets, request),
    CompleteMultipartUpload: async (request) => {
      const bucket = this.#bucketOf(request);
      const { created, response } = await completeUpload(this.#kernel, bucket, request);
      if (!created) return response;
      return this.#announced(request, 'CompleteMultipartUpload', { object: created, response });
    },
    AbortMultipartUpload: (request) => {
      const { uploads } = this.#bucketOf(request);
      uploads.remove(uploads.get(request));
      return { status: 204 };
    },
    ListParts: (request) => listParts(this.#bucketOf(request), request),
    ListMultipartUploads: (request) => listUploads(this.#bucketOf(request), request),
  };

  #bucketOf({ bucket }: S3Request): Bucket {
    return this.#buckets.get(bucket);
  }

  #put(request: S3Request): WireResponse {
    const bucket = this.#bucketOf(request);
    checkWriteConditions(bucket, request);
    const object = storeObject(bucket, {
      key: request.key,
      body: request.body,
      headers: storedHeaders(request.headers),
      checksums: request.checksums,
    });
    const headers = { etag: object.etag, ...checksumHeaders(object) };
    return this.#announced(request, 'PutObject', { object, response: { status: 200, headers } });
  }

  /** Sends the event of a new object. */
  #announced(
    request: S3Request,
    reason: CreationReason,
    { object, response }: { object: StoredObject; response: WireResponse },
  ): WireResponse {
    this.#events.created(this.#bucketOf(request), object, reason);
    return response;
  }

  #remove(bucket: Bucket, key: string, wantedTag: string | undefined): void {
    checkDeleteCondition(bucket.objects.get(key), wantedTag);
    if (bucket.objects.delete(key)) this.#events.deleted(bucket, key);
  }
}

/** The names of a presigned query's parameters, as headers. */
const SIGNATURE_HEADERS = ['algorithm', 'credential', 'expires', 'signature', 'signedheaders'].map(
  (name) => `x-amz-${name}`,
);

/** A request without the parts of its signature. Presigned parameters are among the headers. */
function withoutSignature({ query, headers }: S3Request): Pick<S3Request, 'query' | 'headers'> {
  return {
    query: new URLSearchParams([...query].filter(([name]) => !/^x-amz-/i.test(name))),
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => !SIGNATURE_HEADERS.includes(name)),
    ),
  };
}
