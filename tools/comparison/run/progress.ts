import colors from 'picocolors';

/** The shortest interval between redraws in a terminal, and between lines without one. */
const REDRAW_MS = 100;
const PLAIN_LINE_MS = 15_000;

export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows the current measurement and the remaining time of the run. */
export class CompareProgress {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #shownAt = Number.NEGATIVE_INFINITY;
  #shown = false;

  constructor(output: ProgressOutput = process.stdout, now = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  /** @param remainingMs remaining time of the whole run; undefined while unknown */
  update(what: string, remainingMs?: number): void {
    const sinceMs = this.#now() - this.#shownAt;
    const { isTTY, columns = 80 } = this.#output;
    if (sinceMs < (isTTY ? REDRAW_MS : PLAIN_LINE_MS)) return;
    this.#shownAt = this.#now();
    const left = remainingMs === undefined ? '' : ` · about ${duration(remainingMs)} left`;
    const text = `… ${what}${left}`;
    if (!isTTY) {
      this.#output.write(`${text}\n`);
      return;
    }
    this.#output.write(`\r\u001b[K${colors.dim(text.slice(0, columns - 1))}`);
    this.#shown = true;
  }

  /** Prints a permanent line. */
  line(text: string): void {
    if (this.#shown) this.#output.write('\r\u001b[K');
    this.#shown = false;
    this.#output.write(`${text}\n`);
    this.#shownAt = Number.NEGATIVE_INFINITY;
  }
}

/** Formats a duration: `45 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(all / 60);
  return minutes === 0 ? `${all} s` : `${minutes} min ${all % 60} s`;
}
