import type { WireResponse } from '../kernel.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An S3 response. @param content XML */
export function xmlResponse(root: string, content: string, status = 200): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${content}</${root}>`,
  };
}
