import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComputeCloud } from './compute-cloud.ts';

/** Holds invocations until it is opened, so that a test knows how many run at once on a machine of any speed. */
export interface Gate {
  /** A function that gives `result` (source), once the gate of its event, if it has one, is open. */
  source(result: string): string;
  /** The event that makes it wait. */
  readonly closed: { readonly gate: string };
  /** How many have come to it. */
  waiting(): number;
  open(): void;
}

let made = 0;

export function gateIn(cloud: ComputeCloud): Gate {
  made += 1;
  const gate = join(cloud.kernel.root, `gate-${made}`);
  writeFileSync(gate, '');
  return {
    source: (result) => `import { appendFileSync, existsSync } from 'node:fs';
      export const http = async ({ gate }) => {
        if (gate) appendFileSync(gate, '+');
        while (gate && !existsSync(gate + '-open')) await new Promise((resolve) => setTimeout(resolve, 5));
        return ${result};
      };`,
    closed: { gate },
    waiting: () => readFileSync(gate, 'utf8').length,
    open: () => writeFileSync(`${gate}-open`, ''),
  };
}
