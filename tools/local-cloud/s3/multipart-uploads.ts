import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../kernel.ts';
import type { SavedState } from '../persist/index.ts';
import { compareBytes } from './list-page.ts';
import type { S3Request } from './s3-request.ts';
import type { ChecksumType } from './stored-object.ts';

/** AWS allows 5 TB. Parts are kept in memory. */
const MAX_UPLOAD_BYTES = 512 * 1024 * 1024;

/** Hexadecimal digits of a time in an upload id. */
const TIME_DIGITS = 12;

export interface UploadedPart {
  readonly number: number;
  readonly body: Buffer;
  /** MD5 of the body, quoted. */
  readonly etag: string;
  readonly modifiedAt: Date;
  /** By header name, verified or computed with the upload's algorithm. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** An upload in parts that is neither completed nor aborted. */
export interface MultipartUpload {
  readonly id: string;
  readonly key: string;
  readonly initiatedAt: Date;
  /** The headers to store with the object. */
  readonly headers: Readonly<Record<string, string>>;
  /** The algorithm of the checksums in lower case, if the client chose one. */
  readonly algorithm?: string;
  readonly checksumType?: ChecksumType;
  readonly parts: Map<number, UploadedPart>;
}

/** The unfinished uploads of a bucket. They survive a restart as objects do. */
export class MultipartUploads {
  readonly #saved: SavedState;
  readonly #uploadArea: string;
  readonly #partArea: string;
  readonly #uploads = new Map<string, MultipartUpload>();
  /** Epoch milliseconds in the newest id. */
  #lastTime = 0;

  constructor(saved: SavedState, bucketName: string) {
    this.#saved = saved;
    this.#uploadArea = `uploads ${bucketName}`;
    this.#partArea = `parts ${bucketName}`;
    for (const { value } of saved.entries(this.#uploadArea)) {
      const upload = value as Omit<MultipartUpload, 'parts'>;
      const initiatedAt = new Date(upload.initiatedAt);
      this.#uploads.set(upload.id, { ...upload, initiatedAt, parts: new Map() });
    }
    for (const { value, bytes } of saved.entries(this.#partArea)) {
      const { uploadId, ...part } = value as UploadedPart & { uploadId: string };
      const modifiedAt = new Date(part.modifiedAt);
      this.#uploads.get(uploadId)?.parts.set(part.number, { ...part, modifiedAt, body: bytes });
    }
  }

  create(settings: Omit<MultipartUpload, 'id' | 'initiatedAt' | 'parts'>): MultipartUpload {
    const id = this.#nextId();
    const upload = { ...settings, id, initiatedAt: new Date(), parts: new Map() };
    this.#uploads.set(id, upload);
    const { parts, ...value } = upload;
    this.#saved.write([{ area: this.#uploadArea, key: id, value }]);
    return upload;
  }

  /** An id that sorts after all earlier ones, because the markers of a list are compared with it. */
  #nextId(): string {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    const time = this.#lastTime.toString(16).padStart(TIME_DIGITS, '0');
    return `${time}${randomBytes(42).toString('base64url')}`;
  }

  /** The upload that a request names by id and key. @throws AwsError NoSuchUpload */
  get({ query, key }: Pick<S3Request, 'query' | 'key'>): MultipartUpload {
    const upload = this.#uploads.get(query.get('uploadId') ?? '');
    if (upload?.key === key) return upload;
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
    );
  }

  /** Stores a part, and replaces one with the same number. @throws AwsError EntityTooLarge */
  putPart(
    upload: MultipartUpload,
    number: number,
    body: Buffer,
    checksums: Readonly<Record<string, string>>,
  ): UploadedPart {
    const others = [...upload.parts.values()].filter((part) => part.number !== number);
    if (others.reduce((sum, part) => sum + part.body.length, body.length) > MAX_UPLOAD_BYTES) {
      throw new AwsError(
        'EntityTooLarge',
        `The local cloud does not support uploads of more than ${MAX_UPLOAD_BYTES} bytes`,
      );
    }
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const part = { number, body, etag, modifiedAt: new Date(), checksums };
    upload.parts.set(number, part);
    const { body: bytes, ...value } = part;
    this.#saved.write([
      {
        area: this.#partArea,
        key: partKey(upload, number),
        value: { ...value, uploadId: upload.id },
        bytes,
      },
    ]);
    return part;
  }

  /** Forgets an upload that is completed or aborted. */
  remove(upload: MultipartUpload): void {
    this.#uploads.delete(upload.id);
    const parts = [...upload.parts.keys()].map((number) => ({
      area: this.#partArea,
      key: partKey(upload, number),
    }));
    this.#saved.write([...parts, { area: this.#uploadArea, key: upload.id }]);
  }

  /** Removes all uploads, because their bucket is deleted. */
  clear(): void {
    for (const upload of [...this.#uploads.values()]) this.remove(upload);
  }

  /** By key in byte order. The uploads of one key are in the order in which they were initiated. */
  all(): MultipartUpload[] {
    return [...this.#uploads.values()].sort(
      (a, b) => compareBytes(a.key, b.key) || compareBytes(a.id, b.id),
    );
  }
}

function partKey({ id }: MultipartUpload, number: number): string {
  return `${id}/${number}`;
}
