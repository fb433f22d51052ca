import { AwsError, type WireResponse } from '../kernel.ts';

/** How a service writes its answers, and so its errors. */
export type Protocol = 'json' | 'rest-xml' | 'query';

/**
 * An error with more members than code and message, e.g. DynamoDB's `CancellationReasons`; they
 * appear beside the
 * message in every protocol.
 */
export class DetailedAwsError extends AwsError {
  readonly members: Readonly<Record<string, unknown>>;
  constructor(
    code: string,
    message: string,
    members: Readonly<Record<string, unknown>>,
    status = 400,
  ) {
    super(code, message, status);
    this.members = members;
  }
}

const XML_ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escapes text for an XML element or attribute; control characters become numeric references. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? character)
    .replace(/[\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Writes an error as the protocol does: `__type` in JSON, `<Error>` in S3, `<ErrorResponse>` in
 * query services.
 */
export function errorResponse(
  protocol: Protocol,
  error: AwsError,
  requestId: string,
): WireResponse {
  const members = error instanceof DetailedAwsError ? error.members : {};
  if (protocol === 'json') {
    return {
      status: error.status,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': error.code },
      body: JSON.stringify({ __type: error.code, message: error.message, ...members }),
    };
  }
  const fields = Object.entries({ Code: error.code, Message: error.message, ...members })
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');
  const id = `<RequestId>${requestId}</RequestId>`;
  const content =
    protocol === 'rest-xml'
      ? `<Error>${fields}${id}</Error>`
      : `<ErrorResponse><Error><Type>Sender</Type>${fields}</Error>${id}</ErrorResponse>`;
  return {
    status: error.status,
    headers: { 'content-type': protocol === 'rest-xml' ? 'application/xml' : 'text/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${content}`,
  };
}
