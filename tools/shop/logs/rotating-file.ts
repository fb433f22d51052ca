import { createWriteStream, openSync, renameSync, rmSync, type WriteStream } from 'node:fs';

/** Lines that arrive within this time are written together: a system call per line costs more than the line. */
const GATHER_MS = 20;

/** A log file that is emptied when it is opened and keeps the newest `maxBytes`, up to half of them in `<path>.1`. */
export class RotatingFile {
  readonly #path: string;
  readonly #maxBytes: number;
  #stream: WriteStream;
  #bytes = 0;

  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    rmSync(`${path}.1`, { force: true });
    this.#stream = openEmpty(path);
  }

  /** Appends a line, which includes its line break. */
  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes / 2) this.#rotate();
    this.#bytes += bytes;
    if (this.#stream.writableCorked === 0) gather(this.#stream);
    this.#stream.write(line);
  }

  /** Resolves when all lines are on disk. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(() => resolve()));
  }

  /** The old stream writes its buffered lines into the renamed file. */
  #rotate(): void {
    this.#stream.end();
    renameSync(this.#path, `${this.#path}.1`);
    this.#stream = openEmpty(this.#path);
    this.#bytes = 0;
  }
}

/** Holds back what is written to a stream for a moment. Its end writes at once. */
function gather(stream: WriteStream): void {
  stream.cork();
  setTimeout(() => stream.uncork(), GATHER_MS);
}

/** Opens the file synchronously: a stream that opens it later may find it renamed. */
const openEmpty = (path: string) => createWriteStream(path, { fd: openSync(path, 'w') });
