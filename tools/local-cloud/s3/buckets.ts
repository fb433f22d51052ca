import { createHash } from 'node:crypto';
import { AwsError } from '../kernel.ts';
import type { SavedState } from '../persist/index.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { SavedObjects } from './saved-objects.ts';
import type { StoredObject } from './stored-object.ts';

/** One rule of a bucket's CORS configuration. */
export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
}

export interface BucketSettings {
  readonly cors: readonly CorsRule[];
  /** Whether the bucket sends object events to the default event bus. */
  readonly eventBridge: boolean;
}

export interface Bucket extends BucketSettings {
  readonly name: string;
  readonly createdAt: Date;
  readonly objects: Map<string, StoredObject>;
  readonly uploads: MultipartUploads;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const VALID_NAME = /^(?!xn--|.*\.\.|\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** In UTF-8: "Naming Amazon S3 objects" in the Amazon S3 User Guide. */
const MAX_KEY_BYTES = 1024;

/** The buckets of one account. */
export class Buckets {
  readonly #saved: SavedState;
  readonly #buckets = new Map<string, Bucket>();

  constructor(saved: SavedState) {
    this.#saved = saved;
  }

  /** @throws AwsError InvalidBucketName, BucketAlreadyOwnedByYou */
  create(name: string, settings: BucketSettings = { cors: [], eventBridge: false }): Bucket {
    if (!VALID_NAME.test(name)) {
      throw new AwsError('InvalidBucketName', `The specified bucket is not valid: ${name}`);
    }
    if (this.#buckets.has(name)) {
      throw new AwsError('BucketAlreadyOwnedByYou', `You already own the bucket ${name}`, 409);
    }
    const objects = new SavedObjects(this.#saved, name);
    const uploads = new MultipartUploads(this.#saved, name);
    const bucket = { name, createdAt: new Date(), objects, uploads, ...settings };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** @throws AwsError NoSuchBucket */
  get(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) {
      throw new AwsError('NoSuchBucket', `The specified bucket does not exist: ${name}`, 404);
    }
    return bucket;
  }

  all(): Bucket[] {
    return [...this.#buckets.values()];
  }

  /** @throws AwsError NoSuchBucket, BucketNotEmpty */
  remove(name: string): void {
    if (this.get(name).objects.size > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    }
    this.get(name).uploads.clear();
    this.#buckets.delete(name);
  }
}

/**
 * Stores an object, and replaces one with the same key. The ETag is the MD5 of the body unless one
 * is given.
 * @throws AwsError KeyTooLongError
 */
export function storeObject(
  bucket: Bucket,
  object: Omit<StoredObject, 'etag' | 'modifiedAt'> & { readonly etag?: string },
): StoredObject {
  if (Buffer.byteLength(object.key) > MAX_KEY_BYTES) {
    throw new AwsError('KeyTooLongError', 'Your key is too long');
  }
  const stored = {
    ...object,
    etag: object.etag ?? `"${createHash('md5').update(object.body).digest('hex')}"`,
    modifiedAt: new Date(),
  };
  bucket.objects.set(object.key, stored);
  return stored;
}

/** @throws AwsError NoSuchKey */
export function objectOf(bucket: Bucket, key: string): StoredObject {
  const object = bucket.objects.get(key);
  if (!object) {
    throw new AwsError('NoSuchKey', `The specified key does not exist: ${key}`, 404);
  }
  return object;
}
