import { XMLParser } from 'fast-xml-parser';
import { escapeXml } from '../endpoint/index.ts';
import { isObject } from '../is-object.ts';
import { AwsError, type WireResponse } from '../kernel.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The content of an element. A list repeats the element; undefined omits it. */
export type XmlValue =
  | string
  | number
  | boolean
  | Date
  | undefined
  | XmlContent
  | readonly XmlValue[];
export interface XmlContent {
  readonly [name: string]: XmlValue;
}

/** An S3 response. */
export function xmlResponse(root: string, content: XmlContent, status = 200): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${elements(content)}</${root}>`,
  };
}

function elements(content: XmlContent): string {
  return Object.entries(content)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value])
        .filter((one) => one !== undefined)
        .map((one) => `<${name}>${text(one)}</${name}>`),
    )
    .join('');
}

function text(value: Exclude<XmlValue, readonly XmlValue[] | undefined>): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? elements(value) : escapeXml(String(value));
}

/**
 * Parses an XML body. All values are text.
 * @param lists names of the elements that are lists even if there is only one
 * @throws AwsError MalformedXML when the root is missing
 */
export function parseXml(
  body: Buffer,
  root: string,
  lists: readonly string[] = [],
): Record<string, unknown> {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => lists.includes(name),
  });
  try {
    const parsed = (parser.parse(body) as Record<string, unknown>)[root];
    if (typeof parsed === 'object' && parsed !== null) return withoutText(parsed);
    if (typeof parsed === 'string') return {};
  } catch {
    // Rejected below, like a body with another root.
  }
  throw malformedXml();
}

/** Removes the whitespace between elements, which the parser returns as text. */
function withoutText(value: object): Record<string, unknown> {
  const cleaned = (member: unknown): unknown => {
    if (Array.isArray(member)) return member.map(cleaned);
    return isObject(member) ? withoutText(member) : member;
  };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '#text')
      .map(([name, member]) => [name, cleaned(member)]),
  );
}

export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
