import { AwsError } from '../kernel.ts';

// We have our own parser, because neither library follows S3's rules (see ADR 12):
// - @fastify/busboy 3.2.6 does not always end: for some malformed forms it emits neither `finish` nor
//   `error`, and the request hangs.
// - `Response.formData()` of Node 24 decodes a file without a file name as UTF-8, which damages it.
// The whole body is in memory before this is called, so streaming would gain nothing.

/** A browser's form: its file, and the fields before it. S3 ignores fields after the file. */
export interface Form {
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
  /** Without a path, which some browsers send. Empty if the form has no file name. */
  readonly fileName: string;
}

/**
 * The largest size of all parts before the content of the file.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html
 */
const MAX_BYTES_BEFORE_FILE = 20 * 1024;

/**
 * Parses `multipart/form-data`. The part named `file` is the file, with or without a file name.
 * @throws AwsError MalformedPOSTRequest, also for a body that ends early; InvalidArgument when
 * there is no file; MaxPostPreDataLengthExceeded
 */
export function parseForm(contentType: string, body: Buffer): Form {
  const delimiter = Buffer.from(`\r\n--${boundaryOf(contentType)}`);
  const fields = new Map<string, string>();
  // The first delimiter may be at the very beginning, without a line break before it.
  let next = body.indexOf(delimiter.subarray(2)) === 0 ? -2 : body.indexOf(delimiter);
  if (next === -1) throw malformed('no boundary');
  for (;;) {
    const start = next + delimiter.length;
    if (body.toString('latin1', start, start + 2) === '--') throw withoutFile();
    const headEnd = body.indexOf('\r\n\r\n', start);
    next = body.indexOf(delimiter, start);
    if (next < 0 || headEnd < 0 || headEnd > next) throw malformed('it ends early');
    if (headEnd > MAX_BYTES_BEFORE_FILE) throw tooMuchBeforeFile();
    const { name, fileName } = parseHead(body.toString('utf8', start, headEnd));
    const content = body.subarray(headEnd + 4, next);
    if (name === 'file') return { fields, file: Buffer.from(content), fileName };
    fields.set(name, content.toString('utf8'));
  }
}

function boundaryOf(contentType: string): string {
  const boundary = parameterOf('boundary', contentType);
  if (!boundary) throw malformed('no boundary');
  return boundary;
}

function parseHead(head: string): { name: string; fileName: string } {
  const disposition = /^content-disposition:.*$/im.exec(head)?.[0] ?? '';
  const name = parameterOf('name', disposition)?.toLowerCase();
  if (name === undefined) throw malformed('a part has no name');
  const path = parameterOf('filename', disposition) ?? '';
  return {
    name,
    fileName: path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
  };
}

/** A parameter of a header, with or without quotes. */
function parameterOf(name: string, header: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header);
  return found?.[1] ?? found?.[2];
}

function malformed(reason: string): AwsError {
  return new AwsError(
    'MalformedPOSTRequest',
    `The body of your POST request is not well-formed multipart/form-data: ${reason}`,
  );
}

function tooMuchBeforeFile(): AwsError {
  return new AwsError(
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
  );
}

function withoutFile(): AwsError {
  return new AwsError('InvalidArgument', 'POST requires exactly one file upload per request.');
}
