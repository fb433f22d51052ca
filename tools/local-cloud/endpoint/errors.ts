import { AwsError, type WireResponse } from '../kernel.ts';

/** The wire format of a service's responses and errors. */
export type Protocol = 'json' | 'rest-xml' | 'query';

/**
 * An error with members besides code and message, e.g. DynamoDB's `CancellationReasons`. They are
 * siblings of the message in every protocol.
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

/** Escapes text for an XML element or attribute. Line breaks and tabs become numeric references. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? character)
    .replace(/[\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Serializes an error: `__type` in JSON protocols, `<Error>` in S3, `<ErrorResponse>` in query
 * protocols.
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
