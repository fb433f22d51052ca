import { stripVTControlCharacters } from 'node:util';
import { seconds } from '@triptych/base/seconds';
import colors from 'picocolors';

/** Tells what goes on: a line for what has ended, and on a terminal one that changes for what has not. */
export interface Narrator {
  done(what: string, detail: string, ms: number): void;
  note(what: string, detail: string): void;
  /** Something of a longer step, as it comes. */
  detail(line: string): void;
  /** What is going on now, until the next call of any of these. */
  now(text: string): void;
  line(text: string): void;
}

const clear = '\r\u001b[K';

/** @param out where to; only a terminal gets lines that change */
export function narrate(
  out: { write(text: string): unknown; isTTY?: boolean; columns?: number } = process.stdout,
): Narrator {
  const line = (text: string) => out.write(`${out.isTTY ? clear : ''}${text}\n`);
  return {
    done: (what, detail, ms) => {
      line(`${colors.green('✓')} ${seconds(ms)}  ${what.padEnd(12)} ${detail}`);
    },
    note: (what, detail) => line(`${colors.yellow('!')}          ${what.padEnd(12)} ${detail}`),
    detail: (text) => line(`             ${colors.dim(stripVTControlCharacters(text))}`),
    now: (text) => {
      if (!out.isTTY) return;
      const plain = stripVTControlCharacters(text).slice(0, (out.columns ?? 80) - 4);
      out.write(`${clear}${colors.dim(`… ${plain}`)}`);
    },
    line,
  };
}
