import { XMLParser } from 'fast-xml-parser';
import { escapeXml } from '../endpoint/index.ts';
import { AwsError, type WireResponse } from '../kernel.ts';
import type { S3Request } from './s3-request.ts';
import { xmlResponse } from './xml.ts';

const MAX_KEYS = 1000;
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'Object',
});

/**
 * DeleteObjects. Calls `remove` for each key.
 * @throws AwsError MalformedXML; NotImplemented for versions and conditions
 */
export function deleteObjects(request: S3Request, remove: (key: string) => void): WireResponse {
  const { Delete: input } = parser.parse(request.body) as {
    Delete?: { Object?: Record<string, unknown>[]; Quiet?: string };
  };
  const objects = input?.Object ?? [];
  if (objects.length < 1 || objects.length > MAX_KEYS) {
    throw new AwsError('MalformedXML', `A request must have between 1 and ${MAX_KEYS} keys`);
  }
  const keys = objects.map((object) => {
    const unknown = Object.keys(object).find((name) => name !== 'Key' && name !== '#text');
    if (unknown) {
      throw new AwsError(
        'NotImplemented',
        `The local S3 does not support DeleteObjects with ${unknown}`,
        501,
      );
    }
    return String(object.Key);
  });
  for (const key of keys) remove(key);
  const deleted = keys.map((key) => `<Deleted><Key>${escapeXml(key)}</Key></Deleted>`);
  return xmlResponse('DeleteResult', input?.Quiet?.trim() === 'true' ? '' : deleted.join(''));
}
