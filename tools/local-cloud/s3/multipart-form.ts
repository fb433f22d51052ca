import { AwsError } from '../kernel.ts';

/**
 * A browser's form: its fields up to the file (later ones are left out of account, as S3 does), and
 * the file.
 */
export interface Form {
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
  readonly fileName: string;
}

/**
 * Parses `multipart/form-data`. @throws AwsError MalformedPOSTRequest, InvalidArgument when there
 * is no file
 */
export function parseForm(contentType: string, body: Buffer): Form {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/.exec(contentType);
  const delimiter = Buffer.from(`--${boundary?.[1] ?? boundary?.[2] ?? ''}`);
  if (!boundary || body.indexOf(delimiter) !== 0) throw malformed('no boundary');
  const fields = new Map<string, string>();
  let start = delimiter.length + 2;
  for (;;) {
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), start);
    const headEnd = body.indexOf('\r\n\r\n', start);
    if (end < 0 || headEnd < 0 || headEnd > end) {
      throw new AwsError('InvalidArgument', 'POST requires exactly one file upload per request.');
    }
    const head = body.toString('utf8', start, headEnd);
    const name = /\bname="([^"]*)"/i.exec(head)?.[1]?.toLowerCase();
    if (name === undefined) throw malformed('a part has no name');
    const content = body.subarray(headEnd + 4, end);
    if (name === 'file') {
      const fileName = /\bfilename="([^"]*)"/i.exec(head)?.[1] ?? '';
      return { fields, file: Buffer.from(content), fileName };
    }
    fields.set(name, content.toString('utf8'));
    start = end + 2 + delimiter.length + 2;
  }
}

function malformed(what: string): AwsError {
  return new AwsError(
    'MalformedPOSTRequest',
    `The body of your POST request is not well-formed multipart/form-data: ${what}`,
  );
}
