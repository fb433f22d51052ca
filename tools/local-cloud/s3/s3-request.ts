import { AwsError, type WireRequest } from '../kernel.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { verifyChecksums } from './checksums.ts';
import { withoutSignatureV2 } from './signature-v2.ts';

/** A parsed S3 request: body unframed, checksums verified, address decoded. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** The headers, and the `x-amz-` parameters of a presigned query, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly checksums: Readonly<Record<string, string>>;
}

/** The bucket and key of a path-style path. @throws AwsError InvalidURI */
export function addressOf(path: string): { bucket: string; key: string } {
  const slash = path.indexOf('/', 1);
  try {
    return {
      bucket: decodeURIComponent(slash < 0 ? path.slice(1) : path.slice(1, slash)),
      key: slash < 0 ? '' : decodeURIComponent(path.slice(slash + 1)),
    };
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI");
  }
}

/** Parses a request. @throws AwsError InvalidURI, IncompleteBody, BadDigest, NotImplemented */
export async function parseS3Request(request: WireRequest): Promise<S3Request> {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.query) {
    // Query parameters of a presigned request count as headers, e.g. checksums.
    if (/^x-amz-/i.test(name)) headers[name.toLowerCase()] = value;
  }
  Object.assign(headers, request.headers);
  const { body, trailers } = bodyOf(request);
  return {
    ...addressOf(request.path),
    method: request.method,
    query: withoutSignatureV2(request.query),
    headers,
    body,
    checksums: describesBody(request)
      ? await verifyChecksums(body, { ...headers, ...trailers })
      : {},
  };
}

/** The checksums of CompleteMultipartUpload describe the object instead of the body. */
function describesBody({ method, query }: WireRequest): boolean {
  return method !== 'GET' && !(method === 'POST' && query.has('uploadId'));
}

function bodyOf(request: WireRequest): { body: Buffer; trailers: Record<string, string> } {
  const { headers, body } = request;
  const chunked =
    headers['x-amz-content-sha256'] === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' ||
    /(^|,)\s*aws-chunked/.test(headers['content-encoding'] ?? '');
  if (!chunked) return { body, trailers: {} };
  return decodeAwsChunked(body, Number(headers['x-amz-decoded-content-length'] ?? Number.NaN));
}
