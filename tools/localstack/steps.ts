import { seconds } from '@triptych/base/seconds';
import colors from 'picocolors';

/** How a deployment tells what it does. */
export interface Progress {
  /** A step ended; the time since the one before is its own. */
  done(what: string, detail: string): void;
  /** Something to know that stops nothing. */
  note(what: string, detail: string): void;
}

/** One line a step. */
export function terminalSteps(print: (line: string) => void): Progress {
  let since = performance.now();
  return {
    done(what, detail) {
      const now = performance.now();
      print(`${colors.green('✓')} ${seconds(now - since)}  ${what.padEnd(12)} ${detail}`);
      since = now;
    },
    note: (what, detail) => print(`${colors.yellow('!')}          ${what.padEnd(12)} ${detail}`),
  };
}
