/** A stored object with all data that GetObject returns. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** MD5 of the body, quoted. */
  readonly etag: string;
  readonly modifiedAt: Date;
  /** `content-type`, `cache-control`, `x-amz-meta-*`, … as stored. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-checksum-*` as the client sent them, verified. */
  readonly checksums: Readonly<Record<string, string>>;
}
