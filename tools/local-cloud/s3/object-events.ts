import { randomUUID } from 'node:crypto';
import type { Kernel } from '../kernel.ts';
import type { Bucket } from './buckets.ts';
import type { StoredObject } from './stored-object.ts';

export type CreationReason = 'PutObject' | 'POST Object' | 'CopyObject' | 'CompleteMultipartUpload';

/** Sends events of created and deleted objects to the default event bus, in S3's form. */
export class ObjectEvents {
  readonly #kernel: Kernel;
  #sequence = Date.now() * 1000;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  created(bucket: Bucket, object: StoredObject, reason: CreationReason): void {
    const etag = object.etag.replaceAll('"', '');
    const described = { key: object.key, size: object.body.length, etag };
    this.#put(bucket, 'Object Created', described, { reason });
  }

  deleted(bucket: Bucket, key: string): void {
    const deletion = { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' };
    this.#put(bucket, 'Object Deleted', { key }, deletion);
  }

  #put(
    bucket: Bucket,
    detailType: string,
    object: Record<string, unknown>,
    more: Record<string, string>,
  ): void {
    if (!bucket.eventBridge) return;
    this.#sequence += 1;
    this.#kernel.services.events.put({
      eventBusName: 'default',
      source: 'aws.s3',
      detailType,
      resources: [`arn:aws:s3:::${bucket.name}`],
      detail: {
        version: '0',
        bucket: { name: bucket.name },
        object: {
          ...object,
          sequencer: this.#sequence.toString(16).toUpperCase().padStart(18, '0'),
        },
        'request-id': randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase(),
        requester: this.#kernel.accountId,
        'source-ip-address': '127.0.0.1',
        ...more,
      },
    });
  }
}
