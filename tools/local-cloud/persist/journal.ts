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
/** To be raised whenever what is in the lines changes its meaning. */
export const FORMAT_VERSION = 1;
const HEADER = Buffer.from(`${NAME} ${FORMAT_VERSION}\n`);
const NEW_LINE = 0x0a;

/**
 * A file that only grows: one header, then one line for each commit, checksum first. A line that a crash cut short, or
 * that does not match its checksum, ends what counts; the next line is written in its place.
 */
export class Journal {
  readonly #file: string;
  #descriptor: number;
  #bytes: number;
  /** Bytes behind the last whole line, dropped when the file was opened. */
  readonly tornBytes: number;

  /**
   * Opens or makes the file and hands over the text of every line that counts.
   * @throws Error in one line when the file is of another version, or none of ours
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

  /** Length of the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Writes one line; it is the operating system's when this returns. @throws Error of the disk; then nothing was written */
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

  /** Puts these lines in place of all others; a crash leaves either the old file or the new one. */
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
  const found = first.startsWith(`${NAME} `) ? `format ${first.slice(NAME.length + 1)}` : 'no data';
  throw new Error(
    `${file} is ${found} of another version of the local cloud; this one reads format ${FORMAT_VERSION}. Remove it to start anew.`,
  );
}

/** Returns where the last good line ends. */
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
