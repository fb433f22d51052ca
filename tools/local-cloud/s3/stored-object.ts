/** How the checksum of an object that consists of parts was computed. */
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

/** A part of an object that was uploaded in parts. */
export interface StoredPart {
  readonly number: number;
  readonly bytes: number;
  readonly checksums: Readonly<Record<string, string>>;
}

/** A stored object with all data that GetObject returns. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** MD5 of the body, quoted. Of an object with parts: MD5 of their MD5s, and their number. */
  readonly etag: string;
  readonly modifiedAt: Date;
  /** `content-type`, `cache-control`, `x-amz-meta-*`, … as stored. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-checksum-*` as the client sent them, verified. */
  readonly checksums: Readonly<Record<string, string>>;
  /** The default is FULL_OBJECT. */
  readonly checksumType?: ChecksumType;
  /** Set when the object was uploaded in parts. */
  readonly parts?: readonly StoredPart[];
  /** The id of that upload. */
  readonly uploadId?: string;
}
