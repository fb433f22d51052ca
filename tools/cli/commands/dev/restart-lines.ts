import { seconds } from '@triptych/base/seconds';
import { appOf } from '@triptych/build/build';
import type { Deployable } from '@triptych/build/bundle';
import colors from 'picocolors';

const NO_TIME = '         ';

/** `catalog in microservices, serverless; auth in hybrid` */
export function describeServices(deployables: readonly Deployable[]): string {
  const apps = Map.groupBy(deployables, ({ service }) => service);
  return [...apps]
    .map(([service, found]) => {
      const names = new Set(found.map(({ app }) => appOf(app)));
      return `${service} in ${[...names].join(', ')}`;
    })
    .join('; ');
}

/** Prints the progress of `npm run dev`, one line per step; times are since the last `start`. */
export class RestartLines {
  readonly #print: (line: string) => void;
  #startedAt = 0;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** A file was saved. */
  start(): void {
    this.#startedAt = performance.now();
  }

  checking(files: readonly string[]): void {
    this.#print(`${colors.dim('·')} ${NO_TIME}checking     the templates  ${which(files)}`);
  }

  begin(what: string, files: readonly string[]): void {
    this.#print(`${colors.dim('·')} ${NO_TIME}restarting   ${what}  ${which(files)}`);
  }

  end(what: string, files: readonly string[]): void {
    this.#print(`${this.#done()}  restarted    ${what}  ${which(files)}`);
  }

  unchanged(files: readonly string[]): void {
    this.#print(
      `${this.#done()}  unchanged    nothing in the running shop differs  ${which(files)}`,
    );
  }

  /** @param isDown nothing runs until the next attempt */
  failed(what: 'not built' | 'not started', reason: string, isDown: boolean): void {
    const then = isDown ? 'save a source to start it again' : 'the old version keeps running';
    this.#print(`${colors.red('✗')} ${NO_TIME}${what.padEnd(12)} ${reason}; ${then}`);
  }

  #done(): string {
    return `${colors.green('✓')} ${seconds(performance.now() - this.#startedAt)}`;
  }
}

function which([first = '', ...others]: readonly string[]): string {
  return colors.dim(`(${others.length === 0 ? first : `${first} and ${others.length} more`})`);
}
