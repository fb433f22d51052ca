import { seconds } from '@triptych/base/seconds';
import colors from 'picocolors';

/** Reports the progress of a deployment. */
export interface Progress {
  /** Reports a finished step, with the time since the previous one. */
  done(what: string, detail: string): void;
  /** Reports a note or a warning. */
  note(what: string, detail: string): void;
}

/** Prints one line per step. */
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
