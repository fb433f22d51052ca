import { createWriteStream, openSync, renameSync, rmSync, type WriteStream } from 'node:fs';

/** A file that starts anew with each run and keeps at most its newest `maxBytes`, half of them in `<path>.1`. */
export class RotatingFile {
  readonly #path: string;
  readonly #maxBytes: number;
  #stream: WriteStream;
  #bytes = 0;

  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    rmSync(`${path}.1`, { force: true });
    this.#stream = openAnew(path);
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes / 2) this.#rotate();
    this.#bytes += bytes;
    this.#stream.write(line);
  }

  /** What was written is on disk when this resolves. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(() => resolve()));
  }

  /** The old stream goes on writing into the renamed file what it still holds. */
  #rotate(): void {
    this.#stream.end();
    renameSync(this.#path, `${this.#path}.1`);
    this.#stream = openAnew(this.#path);
    this.#bytes = 0;
  }
}

/** Opened at once: a stream that opens later would find its file renamed. */
const openAnew = (path: string) => createWriteStream(path, { fd: openSync(path, 'w') });
