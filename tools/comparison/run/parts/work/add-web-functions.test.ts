import { expect, test } from 'vitest';
import { PartFindings } from '../../../data/index.ts';
import { addWork } from './add-work.ts';
import { type StepWork, WORK_STEPS } from './worked-target.ts';

/** Two of each step: 40 ms of CPU time, 4 requests to catalog in 2 s, 90 MiB. */
const steps: StepWork[] = WORK_STEPS.map((step) => ({
  step,
  times: 2,
  seconds: 2,
  cpuMs: new Map([
    ['web function catalog', 40],
    ['function catalog', 500],
  ]),
  operations: [],
  requests: 6,
  requestsOf: new Map([
    ['catalog', 4],
    ['auth', 2],
  ]),
  environmentMiB: new Map([['catalog', 90]]),
  bytesOut: 0,
}));

test('the bill of Web Functions gets their own requests, CPU time without idle work, memory and starts', () => {
  const findings = new PartFindings('work');
  addWork(findings, {
    target: 'serverless-web',
    rounds: [steps, steps, steps],
    idleMsPerSecond: 0,
    environmentIdleMs: 5,
    starts: new Map([['catalog', [300, 320, 310]]]),
    seed: 1,
  });
  const value = (what: string) =>
    findings.figures.find(({ id }) => id === `work/serverless-web/${what}`)?.value;
  // Four steps make a journey.
  expect(value('web-requests/catalog')).toBe(8);
  expect(value('web-cpu/catalog')).toBe(4 * (20 - 5));
  expect(value('web-memory/catalog')).toBe(90);
  expect(value('web-start-cpu/catalog')).toBe(310);
  expect(value('web-cpu/auth')).toBeUndefined();
});
