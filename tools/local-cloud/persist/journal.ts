import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';

const NAME = 'triptych-local-cloud';
/** Increase it whenever the meaning of the lines changes. */
export const FORMAT_VERSION = 1;
const HEADER = Buffer.from(`${NAME} ${FORMAT_VERSION}\n`);
const NEW_LINE = 0x0a;

/**
 * An append-only file: a header, then one line per commit, which starts with its checksum. The
 * valid content ends before the first line that is incomplete or does not match its checksum. The
 * next commit overwrites that line.
 */
export class Journal {
  readonly #file: string;
  #descriptor: number;
  #bytes: number;
  /** Bytes after the last valid line, which were dropped when the file was opened. */
  readonly tornBytes: number;

  /**
   * Opens or creates the file, and passes the text of every valid line to `onLine`.
   * @throws Error with a one-line message when the file has another format
   */
  constructor(file: string, onLine: (text: string) => void) {
    this.#file = file;
    if (!existsSync(file)) writeWhole(file, []);
    const content = readFileSync(file);
    checkHeader(file, content);
    this.#bytes = readLines(content, onLine);
    this.tornBytes = content.length - this.#bytes;
    this.#descriptor = openSync(file, 'r+');
    ftruncateSync(this.#descriptor, this.#bytes);
  }

  /** The length of the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Appends one line. The operating system has it when this returns, so it survives a process
   * crash.
   * @throws Error from the file system. Nothing is written then
   */
  append(text: string): void {
    const line = lineOf(text);
    try {
      writeAll(this.#descriptor, line, this.#bytes);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#bytes);
      throw error;
    }
    this.#bytes += line.length;
  }

  /** Replaces all lines. After a crash, either the old or the new file exists. */
  replace(texts: Iterable<string>): void {
    const bytes = writeWhole(this.#file, texts);
    closeSync(this.#descriptor);
    this.#descriptor = openSync(this.#file, 'r+');
    this.#bytes = bytes;
  }

  close(): void {
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}

function lineOf(text: string): Buffer {
  return Buffer.from(`${checksum(Buffer.from(text))} ${text}\n`);
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  let written = 0;
  while (written < bytes.length) {
    const left = bytes.length - written;
    written += writeSync(descriptor, bytes, written, left, position + written);
  }
}

function writeWhole(file: string, texts: Iterable<string>): number {
  const temporary = `${file}.new`;
  const descriptor = openSync(temporary, 'w');
  let bytes = 0;
  const write = (part: Buffer) => {
    writeAll(descriptor, part, bytes);
    bytes += part.length;
  };
  try {
    write(HEADER);
    for (const text of texts) write(lineOf(text));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
  return bytes;
}

function checkHeader(file: string, content: Buffer): void {
  if (content.subarray(0, HEADER.length).equals(HEADER)) return;
  const first = content.subarray(0, 100).toString('utf8').split('\n', 1)[0] ?? '';
  const found = first.startsWith(`${NAME} `)
    ? `has format ${first.slice(NAME.length + 1)} of another version`
    : 'is not a journal of the local cloud';
  throw new Error(
    `${file} ${found}; this version reads format ${FORMAT_VERSION}. ` +
      'Remove it to start with empty data.',
  );
}

/** Returns the end of the last valid line. */
function readLines(content: Buffer, onLine: (text: string) => void): number {
  let from = HEADER.length;
  for (;;) {
    const to = content.indexOf(NEW_LINE, from);
    if (to < 0) return from;
    const text = content.subarray(from + 9, to);
    if (content.subarray(from, from + 8).toString('latin1') !== checksum(text)) return from;
    onLine(text.toString('utf8'));
    from = to + 1;
  }
}
