import { createHash, createHmac } from 'node:crypto';

/** Credentials of a function or a task. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface SignedPost {
  readonly url: string;
  readonly body: string;
  readonly contentType: string;
  /** `xray` */
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly now?: Date;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

/**
 * The headers of a POST that AWS accepts: Signature Version 4 over the body, without a query. The SDK's signer would be
 * another module to load in a cold start.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(post: SignedPost): Record<string, string> {
  const { service, region, credentials, now = new Date() } = post;
  const { host, pathname } = new URL(post.url);
  const timestamp = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const [date = ''] = timestamp.split('T');
  const headers: Record<string, string> = {
    'content-type': post.contentType,
    host,
    'x-amz-date': timestamp,
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    pathname,
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(post.body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const key = ['aws4_request', service, region, date].reduceRight(
    (secret: string | Buffer, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = hmac(key, toSign).toString('hex');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}
