import { AwsError } from '../kernel.ts';

/** Headers of a PUT that a GET returns. */
const SYSTEM_HEADERS = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/**
 * The supported `x-amz-` headers. Others are rejected, because ignoring them would change results.
 */
const KNOWN =
  /^x-amz-(meta-.+|checksum-.+|date|content-sha256|security-token|user-agent|sdk-checksum-algorithm|decoded-content-length|trailer|copy-source|metadata-directive|algorithm|credential|expires|signature|signedheaders)$/;

/** The headers of a PUT that are stored with the object, without the encoding `aws-chunked`. */
export function storedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const stored: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (SYSTEM_HEADERS.includes(name) || name.startsWith('x-amz-meta-')) stored[name] = value;
  }
  const encoding = (stored['content-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'aws-chunked');
  delete stored['content-encoding'];
  if (encoding.length > 0) stored['content-encoding'] = encoding.join(',');
  return { 'content-type': 'application/octet-stream', ...stored };
}

/** @throws AwsError NotImplemented that names the first unsupported `x-amz-` header */
export function rejectUnknownHeaders(headers: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(headers).find(
    (name) => name.startsWith('x-amz-') && !KNOWN.test(name),
  );
  if (unknown) {
    throw new AwsError('NotImplemented', `The local S3 does not support ${unknown}`, 501);
  }
}
