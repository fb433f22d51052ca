import colors from 'picocolors';

/** How often at most a terminal's line is redrawn, and a line is added where there is no terminal. */
const redrawMs = 100;
const plainMs = 15_000;

export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows what is being measured and how long all of it may still take. */
export class CompareProgress {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #shownAt = Number.NEGATIVE_INFINITY;
  #shown = false;

  constructor(output: ProgressOutput = process.stdout, now = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  /** @param remainingMs of everything; undefined before that is known */
  update(what: string, remainingMs?: number): void {
    const sinceMs = this.#now() - this.#shownAt;
    const { isTTY, columns = 80 } = this.#output;
    if (sinceMs < (isTTY ? redrawMs : plainMs)) return;
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

  /** A line that stays. */
  line(text: string): void {
    if (this.#shown) this.#output.write('\r\u001b[K');
    this.#shown = false;
    this.#output.write(`${text}\n`);
    this.#shownAt = Number.NEGATIVE_INFINITY;
  }
}

/** `45 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(all / 60);
  return minutes === 0 ? `${all} s` : `${minutes} min ${all % 60} s`;
}
