import { stripVTControlCharacters } from 'node:util';
import { seconds } from '@triptych/base/seconds';
import colors from 'picocolors';

/** Prints progress: a line for each finished step, and on a terminal a status line for the current one. */
export interface Narrator {
  done(what: string, detail: string, ms: number): void;
  note(what: string, detail: string): void;
  /** A line of output from the current step. */
  detail(line: string): void;
  /** The status line. The next call of any method replaces it. */
  now(text: string): void;
  line(text: string): void;
}

const CLEAR_LINE = '\r\u001b[K';

/** Creates a narrator. @param out only a terminal gets the status line */
export function narrate(
  out: { write(text: string): unknown; isTTY?: boolean; columns?: number } = process.stdout,
): Narrator {
  const line = (text: string) => out.write(`${out.isTTY ? CLEAR_LINE : ''}${text}\n`);
  return {
    done: (what, detail, ms) => {
      line(`${colors.green('✓')} ${seconds(ms)}  ${what.padEnd(12)} ${detail}`);
    },
    note: (what, detail) => line(`${colors.yellow('!')}          ${what.padEnd(12)} ${detail}`),
    detail: (text) => line(`             ${colors.dim(stripVTControlCharacters(text))}`),
    now: (text) => {
      if (!out.isTTY) return;
      const plain = stripVTControlCharacters(text).slice(0, (out.columns ?? 80) - 4);
      out.write(`${CLEAR_LINE}${colors.dim(`… ${plain}`)}`);
    },
    line,
  };
}
