import { AwsError, type WireResponse } from '../kernel.ts';
import { rejectUndeclaredBody } from './members.ts';
import type { S3Request } from './s3-request.ts';
import { malformedXml, parseXml, type XmlContent, xmlResponse } from './xml.ts';

const MAX_KEYS = 1000;

/**
 * DeleteObjects. Calls `remove` for each key, with the ETag that the object must have. An AwsError
 * of `remove` becomes the error of that key.
 * @throws AwsError MalformedXML; InvalidRequest without a checksum of the body; NotImplemented for
 * versions
 */
export function deleteObjects(
  request: S3Request,
  remove: (key: string, wantedTag: string | undefined) => void,
): WireResponse {
  const { headers, checksums, body } = request;
  if (headers['content-md5'] === undefined && Object.keys(checksums).length === 0) {
    throw new AwsError(
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    );
  }
  const input = parseXml(body, 'Delete', ['Object']);
  const { Object: Objects = [], ...others } = input;
  rejectUndeclaredBody('DeleteObjects', { Delete: { Objects, ...others } });
  const objects = Objects as readonly { Key?: string; ETag?: string }[];
  if (objects.length < 1 || objects.length > MAX_KEYS) throw malformedXml();
  if (!objects.every(({ Key }) => Key)) throw malformedXml();
  const deleted: XmlContent[] = [];
  const failed: XmlContent[] = [];
  for (const { Key = '', ETag } of objects) {
    try {
      remove(Key, ETag);
      deleted.push({ Key });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Key, Code: error.code, Message: error.message });
    }
  }
  const quiet = String(input.Quiet).trim() === 'true';
  return xmlResponse('DeleteResult', { Deleted: quiet ? undefined : deleted, Error: failed });
}
