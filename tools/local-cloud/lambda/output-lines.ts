import type { Readable } from 'node:stream';
import type { LogSink } from '../kernel.ts';

/** Longest line in characters. Longer lines are split. */
const MAX_LINE_CHARS = 64 * 1024;

/** The process that writes the lines. */
export interface LineOrigin {
  readonly stack: string;
  readonly source: string;
  readonly pid?: number;
  readonly group?: string;
  readonly stream?: string;
}

/** Writes each line of a child process's output to the log, with its origin. */
export function logLines(
  stream: Readable,
  origin: LineOrigin,
  log: LogSink,
  onLine?: (text: string) => void,
): void {
  let rest = '';
  const write = (text: string): void => {
    if (text === '') return;
    onLine?.(text);
    log({ at: Date.now(), ...origin, text });
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) write(line.replace(/\r$/, ''));
    while (rest.length > MAX_LINE_CHARS) {
      write(rest.slice(0, MAX_LINE_CHARS));
      rest = rest.slice(MAX_LINE_CHARS);
    }
  });
  stream.on('end', () => write(rest));
}
