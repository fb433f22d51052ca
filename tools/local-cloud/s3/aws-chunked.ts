import { AwsError } from '../kernel.ts';

const LINE_END = Buffer.from('\r\n');

/**
 * Takes the `aws-chunked` framing off a body: `<hex size>\r\n<bytes>\r\n…0\r\n<trailers>\r\n\r\n`.
 * @throws AwsError IncompleteBody when the framing is broken or the length is not the announced one
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
    if (!Number.isInteger(size) || size < 0) throw broken('a chunk has no size');
    position = line.next;
    if (size === 0) break;
    chunks.push(framed.subarray(position, position + size));
    position += size + LINE_END.length;
    if (position > framed.length) throw broken('a chunk is cut off');
  }
  const body = Buffer.concat(chunks);
  if (body.length !== decodedLength) throw broken('the length is not the announced one');
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
  if (end < 0) throw broken('a chunk has no header line');
  return { text: framed.toString('latin1', start, end), next: end + LINE_END.length };
}

function broken(what: string): AwsError {
  return new AwsError('IncompleteBody', `The aws-chunked body is malformed: ${what}`);
}
