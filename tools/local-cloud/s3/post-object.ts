import { parseCredential, textSignature, uriEncode } from '../endpoint/sigv4.ts';
import { AwsError, type Kernel, type WireRequest, type WireResponse } from '../kernel.ts';
import type { Session } from '../permissions/index.ts';
import { rejectDifferentSignature, sessionOf, sessionOfKey } from './authorization.ts';
import { type Bucket, type Buckets, storeObject } from './buckets.ts';
import { verifyChecksums } from './checksums.ts';
import { notImplemented } from './members.ts';
import { parseForm } from './multipart-form.ts';
import { checkPolicy } from './post-policy.ts';
import { addressOf } from './s3-request.ts';
import { policySignatureV2 } from './signature-v2.ts';
import { storedHeaders } from './stored-headers.ts';
import type { StoredObject } from './stored-object.ts';
import { xmlResponse } from './xml.ts';

/**
 * Stores a browser's upload from a form with a signed policy (presigned POST).
 * @throws AwsError NoSuchBucket, AccessDenied, SignatureDoesNotMatch, EntityTooLarge, …
 */
export async function postObject(
  kernel: Kernel,
  buckets: Buckets,
  request: WireRequest,
  nowMs: number,
): Promise<{ bucket: Bucket; object: StoredObject; response: WireResponse }> {
  const { name } = buckets.get(addressOf(request.path).bucket);
  const form = parseForm(request.headers['content-type'] ?? '', request.body);
  const fields = new Map([...form.fields, ['bucket', form.fields.get('bucket') ?? name]]);
  if (fields.get('bucket') !== name) {
    throw new AwsError('InvalidArgument', "The field 'bucket' differs from the bucket in the URL");
  }
  rejectUnknownFields([...fields.keys()]);
  const key = (fields.get('key') ?? '').replace(/\$\{filename\}/g, () => form.fileName);
  if (key === '') throw new AwsError('InvalidArgument', "Bucket POST must contain a field 'key'");
  const { policy, signer } = signedPolicy(kernel, fields);
  checkPolicy(policy, fields, form.file.length, nowMs);
  // A form passes on a permission of its signer.
  signer.authorize('s3', 'PutObject', { Bucket: name, Key: key });
  const headers = Object.fromEntries(fields);
  const checksums = await verifyChecksums(form.file, headers);
  // Looked up again, because the bucket may have been deleted in the meantime.
  const bucket = buckets.get(name);
  const upload = { key, body: form.file, headers: storedHeaders(headers), checksums };
  const object = storeObject(bucket, upload);
  return { bucket, object, response: postResponse(kernel, bucket, object, fields) };
}

/** The supported form fields, in lower case. */
const KNOWN_FIELD =
  /^(key|bucket|policy|file|awsaccesskeyid|signature|success_action_(redirect|status)|content-(type|disposition|encoding|language)|cache-control|expires|x-ignore-.*|x-amz-(meta-.*|checksum-.*|algorithm|credential|date|signature|security-token))$/;

function rejectUnknownFields(names: readonly string[]): void {
  const unknown = names.filter((name) => !KNOWN_FIELD.test(name));
  if (unknown.length === 0) return;
  throw notImplemented(
    `The local cloud does not support a form with the field ${unknown.join(', ')}`,
  );
}

function signedPolicy(
  kernel: Kernel,
  fields: ReadonlyMap<string, string>,
): { policy: string; signer: Session } {
  const token = fields.get('x-amz-security-token');
  const policy = fields.get('policy');
  if (policy === undefined) throw new AwsError('AccessDenied', 'Access Denied', 403);
  const keyIdV2 = fields.get('awsaccesskeyid');
  if (keyIdV2 !== undefined) {
    const signer = sessionOfKey(keyIdV2, token, kernel);
    const expected = policySignatureV2(policy, signer.credentials.secretAccessKey);
    rejectDifferentSignature(fields.get('signature') ?? '', expected);
    return { policy, signer };
  }
  const scope = parseCredential(fields.get('x-amz-credential') ?? '');
  if (!scope || fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
    throw new AwsError(
      'InvalidArgument',
      'Bucket POST must contain the fields X-Amz-Algorithm and X-Amz-Credential',
    );
  }
  const signer = sessionOf(scope, token, kernel);
  const expected = textSignature(policy, scope, signer.credentials.secretAccessKey);
  rejectDifferentSignature(fields.get('x-amz-signature') ?? '', expected);
  return { policy, signer };
}

function postResponse(
  kernel: Kernel,
  bucket: Bucket,
  object: StoredObject,
  fields: ReadonlyMap<string, string>,
): WireResponse {
  const location = `${kernel.endpointUrl}/${bucket.name}/${uriEncode(object.key)}`;
  const headers = { location, etag: object.etag };
  const redirect = fields.get('success_action_redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    target.searchParams.set('bucket', bucket.name);
    target.searchParams.set('key', object.key);
    target.searchParams.set('etag', object.etag);
    return { status: 303, headers: { ...headers, location: target.href } };
  }
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200, headers };
  if (status !== '201') return { status: 204, headers };
  const content = { Location: location, Bucket: bucket.name, Key: object.key, ETag: object.etag };
  const response = xmlResponse('PostResponse', content, 201);
  return { ...response, headers: { ...response.headers, ...headers } };
}
