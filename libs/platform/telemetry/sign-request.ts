import { createHmac, hash } from 'node:crypto';

/** Credentials of a function or a task. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A POST without a query that has no signature yet. */
export interface UnsignedPost {
  /** Path of the URL, encoded. */
  readonly path: string;
  /** The headers by their names in lower case, with `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** `xray`, `dynamodb` */
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly now?: Date;
}

/** A process signs for few services. Yesterday's keys are of no use. */
const MAX_SIGNING_KEYS = 16;

const signingKeys = new Map<string, Buffer>();
const sha256 = (data: string | Uint8Array) => hash('sha256', data, 'hex');
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

/**
 * The headers to add to a POST so that AWS accepts it: Signature Version 4 over its path, body, host, content type and
 * `x-amz-` headers. A signing key is kept for its day.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureHeaders(post: UnsignedPost): Record<string, string> {
  const { service, region, credentials, now = new Date() } = post;
  const timestamp = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const date = timestamp.slice(0, 8);
  const added: Record<string, string> = {
    'x-amz-date': timestamp,
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const headers: Record<string, string> = { ...post.headers, ...added };
  const names = Object.keys(headers).filter(isSigned).sort();
  const canonical = [
    'POST',
    // AWS encodes the path of every service except S3 once more.
    post.path.split('/').map(encodeURIComponent).join('/'),
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(post.body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const key = signingKey(credentials.secretAccessKey, scope);
  const signature = hmac(key, toSign).toString('hex');
  return {
    ...added,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/** The headers that a signature must cover, and the content type, which AWS recommends to cover. */
function isSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-amz-');
}

/** @param scope date, region, service and `aws4_request` */
function signingKey(secretAccessKey: string, scope: string): Buffer {
  const id = `${secretAccessKey} ${scope}`;
  const kept = signingKeys.get(id);
  if (kept) return kept;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`) as Buffer;
  if (signingKeys.size >= MAX_SIGNING_KEYS) signingKeys.clear();
  signingKeys.set(id, key);
  return key;
}
