import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComputeCloud } from './compute-cloud.ts';

/** Blocks invocations until it opens, so that tests of concurrency do not depend on timing. */
export interface Gate {
  /**
   * Returns the source of a function that evaluates `result`. When its event names a gate, it waits
   * until the gate is open.
   */
  source(result: string): string;
  /** The event that makes the function wait. */
  readonly closed: { readonly gate: string };
  /** The number of invocations that have reached the gate. */
  waiting(): number;
  open(): void;
}

let count = 0;

export function gateIn(cloud: ComputeCloud): Gate {
  count += 1;
  const gate = join(cloud.kernel.root, `gate-${count}`);
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
