import { createHmac } from 'node:crypto';
import { AwsError, type WireRequest } from '../kernel.ts';

/** The query parameters of a URL that is presigned with Signature Version 2. */
const PARAMETERS = ['AWSAccessKeyId', 'Signature', 'Expires'];

/** The query parameters that belong to the signed resource. */
const SUBRESOURCES = new Set([
  ...['acl', 'delete', 'lifecycle', 'location', 'logging', 'notification', 'partNumber', 'policy'],
  ...['requestPayment', 'torrent', 'uploadId', 'uploads', 'versionId', 'versioning', 'versions'],
  ...['website', 'cors', 'tagging', 'response-cache-control', 'response-content-disposition'],
  ...['response-content-encoding', 'response-content-language', 'response-content-type'],
  'response-expires',
]);

/** Whether a URL is presigned with Signature Version 2, as boto3 and `aws s3 presign` may do. */
export function isPresignedV2(query: URLSearchParams): boolean {
  return query.has('AWSAccessKeyId') && query.has('Signature');
}

/** The signature of a form's policy: https://docs.aws.amazon.com/AmazonS3/latest/API/HTTPPOSTForms.html */
export function policySignatureV2(policyBase64: string, secretAccessKey: string): string {
  return createHmac('sha1', secretAccessKey).update(policyBase64).digest('base64');
}

/** The query without the parameters of the signature. */
export function withoutSignatureV2(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => !PARAMETERS.includes(name)));
}

/**
 * The signature of a presigned URL:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 * @throws AwsError AccessDenied when the URL has expired or `Expires` is not a time
 */
export function signatureV2(
  { method, path, query, headers }: WireRequest,
  secretAccessKey: string,
  nowMs: number,
): string {
  const expires = query.get('Expires') ?? '';
  if (!/^\d+$/.test(expires)) {
    throw new AwsError('AccessDenied', 'Invalid date (should be seconds since epoch)', 403);
  }
  if (nowMs > Number(expires) * 1000)
    throw new AwsError('AccessDenied', 'Request has expired', 403);
  const amzHeaders = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`)
    .join('');
  const subresources = [...query]
    .filter(([name]) => SUBRESOURCES.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = subresources.length > 0 ? `${path}?${subresources.join('&')}` : path;
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    expires,
    amzHeaders + resource,
  ].join('\n');
  return createHmac('sha1', secretAccessKey).update(text).digest('base64');
}
