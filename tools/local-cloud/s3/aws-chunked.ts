import { AwsError } from '../kernel.ts';

const LINE_END = Buffer.from('\r\n');

/**
 * Decodes an `aws-chunked` body: `<hex size>\r\n<bytes>\r\n…0\r\n<trailers>\r\n\r\n`.
 * @throws AwsError IncompleteBody when the framing is invalid or the length differs from
 * `decodedLength`
 */
export function decodeAwsChunked(
  framed: Buffer,
  decodedLength: number,
): { body: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const line = lineAt(framed, position);
    const size = Number.parseInt(line.text.split(';')[0] ?? '', 16);
    if (!Number.isInteger(size) || size < 0) throw malformed('a chunk has no size');
    position = line.next;
    if (size === 0) break;
    chunks.push(framed.subarray(position, position + size));
    position += size + LINE_END.length;
    if (position > framed.length) throw malformed('a chunk is incomplete');
  }
  const body = Buffer.concat(chunks);
  if (body.length !== decodedLength)
    throw malformed('its length differs from x-amz-decoded-content-length');
  return { body, trailers: trailersAt(framed, position) };
}

function trailersAt(framed: Buffer, start: number): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of framed.subarray(start).toString('latin1').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0)
      trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

function lineAt(framed: Buffer, start: number): { text: string; next: number } {
  const end = framed.indexOf(LINE_END, start);
  if (end < 0) throw malformed('a chunk has no header line');
  return { text: framed.toString('latin1', start, end), next: end + LINE_END.length };
}

function malformed(reason: string): AwsError {
  return new AwsError('IncompleteBody', `The aws-chunked body is malformed: ${reason}`);
}
