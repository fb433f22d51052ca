import { expect, test } from 'vitest';
import type { ComparedTarget } from '../../part.ts';
import { InitDurations } from './init-durations.ts';

const line = (id: string, rest: string) =>
  `Http REPORT RequestId: ${id}\tDuration: 5.00 ms\tBilled Duration: 205 ms\tMemory Size: 512 MB${rest}`;

/** A partial target with sandboxes and log lines. */
function targetWith(lines: string[], processes: { kind: string; stack: string }[]): ComparedTarget {
  const shop = { cloud: { processes: () => processes }, logs: { tail: () => lines } };
  return { name: 'serverless', local: { shop } } as unknown as ComparedTarget;
}

test('reads each start once, including ended sandboxes, and skips earlier lines', () => {
  const lines = [line('before', '\tInit Duration: 100.00 ms')];
  const processes = [{ kind: 'function', stack: 'triptych-serverless-catalog' }];
  const target = targetWith(lines, processes);
  const inits = new InitDurations();
  inits.skip(target);
  lines.push(line('warm', ''), line('cold', '\tMax Memory Used: 90 MB\tInit Duration: 212.50 ms'));
  processes.length = 0;
  inits.collect(target);
  inits.collect(target);
  expect(inits.of(target)).toEqual([212.5]);
  expect([...inits.byFunction(target)]).toEqual([['catalog-http', [212.5]]]);
});
