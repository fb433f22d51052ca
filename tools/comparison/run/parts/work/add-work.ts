import { operations as billedOperations, type Operation } from '../../../cost/index.ts';
import type { PartFindings } from '../../../data/index.ts';
import { estimateQuantile } from '../../../statistics/index.ts';
import { billedFunction } from '../function-name.ts';
import { addWebFunctions, addWebStarts } from './add-web-functions.ts';
import { byGroup } from './operation-delta.ts';
import type { Add, Journeys, Worked } from './worked.ts';
import { POLL_MS, type StepWork, WORK_STEPS, type WorkStep } from './worked-target.ts';

/** The names of the billed operations in the report. */
const OPERATION_NAMES: Record<Operation, string> = {
  'dynamodb-read': 'DynamoDB read units',
  'dynamodb-write': 'DynamoDB write units',
  'dynamodb-transact-item': 'DynamoDB transaction items',
  sqs: 'SQS requests',
  events: 'EventBridge events',
  's3-get': 'S3 GET requests',
  's3-put': 'S3 PUT requests',
  invocations: 'Function invocations',
};
/** What a step is called after "of". */
const STEP_NAMES: Record<WorkStep, string> = {
  browse: 'browsing',
  picture: 'fetching a picture',
  'log-in': 'logging in',
  'place-order': 'an order, from placing it to its end',
};
const JOURNEY_STEPS = 'browse, fetch a picture, log in, order and wait for the confirmation';

/** Turns rounds into figures. A round is one sample. */
export function addWork(findings: PartFindings, worked: Worked): void {
  const { target, rounds, seed, idleMsPerSecond } = worked;
  if (rounds.length === 0) {
    findings.addMissing({
      target,
      what: 'Work of a journey',
      why: 'there was no time for a round',
    });
    return;
  }
  const add = (
    given: { what: string; title: string; unit: string; origin: string },
    samples: readonly number[],
  ) => {
    if (samples.length === 0) return;
    const { value, low, high, n } = estimateQuantile(samples, 0.5, { seed });
    const spread = { kind: 'ci95' as const, low, high };
    findings.figure({ ...given, target, value, sampled: { n, spread }, better: 'lower' });
  };
  /** A journey consists of one of each step. */
  const journeys = (of: (step: StepWork) => number) =>
    rounds.map((steps) => steps.reduce((sum, step) => sum + of(step) / step.times, 0));
  const ofStep = (name: string, of: (step: StepWork) => number) =>
    rounds.flatMap((steps) =>
      steps.filter(({ step }) => step === name).map((s) => of(s) / s.times),
    );

  const idle = idleMsPerSecond ?? 0;
  const cpu = (step: StepWork) => Math.max(0, sum(step.cpuMs.values()) - idle * step.seconds);
  const cpuOrigin =
    `median of rounds; CPU time of the variant's processes, without the local cloud and the simulated provider` +
    (idleMsPerSecond === undefined
      ? ', including idle work (the part “Idle” did not run)'
      : `, minus ${idle.toFixed(2)} ms per s of idle work`);
  const msOf = { unit: 'ms', origin: cpuOrigin };
  add(
    { what: 'cpu-per-journey', title: `CPU time per journey: ${JOURNEY_STEPS}`, ...msOf },
    journeys(cpu),
  );
  for (const step of WORK_STEPS) {
    const title = `CPU time of ${STEP_NAMES[step]}`;
    add({ what: `cpu/${step}`, title, ...msOf }, ofStep(step, cpu));
  }
  const containers = new Set(
    rounds
      .flat()
      .flatMap(({ cpuMs }) => [...cpuMs.keys()].filter((key) => key.startsWith('container '))),
  );
  for (const key of containers) {
    const service = key.slice('container '.length);
    const origin = 'median of rounds; including idle work';
    add(
      {
        what: `cpu-of/${service}`,
        title: `CPU time of ${service} per journey`,
        unit: 'ms',
        origin,
      },
      journeys(({ cpuMs }) => cpuMs.get(key) ?? 0),
    );
  }
  addOperations(add, journeys, ofStep);
  const byClient = `counted at the client, which polls an order every ${POLL_MS} ms`;
  add(
    {
      what: 'requests-per-journey',
      title: 'Requests per journey',
      unit: 'count',
      origin: byClient,
    },
    journeys(({ requests }) => requests),
  );
  add(
    {
      what: 'bytes-out-per-journey',
      title: 'Response body bytes per journey',
      unit: 'bytes',
      origin: byClient,
    },
    journeys(({ bytesOut }) => bytesOut),
  );
  addFunctions(worked, add, journeys);
  addWebFunctions(worked, add, journeys);
  addWebStarts(worked.starts, add);
}

function addOperations(
  add: Add,
  journeys: Journeys,
  ofStep: (name: string, of: (step: StepWork) => number) => number[],
): void {
  const origin =
    'counted by the local cloud as AWS bills (read and write units; transaction items in units of 1 KB, before they count double)';
  for (const group of billedOperations) {
    const of = ({ operations }: StepWork) => byGroup(operations)[group];
    const given = (whose: WorkStep | 'journey') => ({
      what: `operations/${whose}/${group}`,
      title: `${OPERATION_NAMES[group]} ${whose === 'journey' ? 'per journey' : `of ${STEP_NAMES[whose]}`}`,
      unit: 'count',
      origin,
    });
    add(given('journey'), journeys(of));
    for (const step of WORK_STEPS) {
      const samples = ofStep(step, of);
      if (samples.some((count) => count > 0)) add(given(step), samples);
    }
  }
}

function addFunctions(worked: Worked, add: Add, journeys: Journeys): void {
  const invoked = (steps: readonly StepWork[]) =>
    steps.flatMap(({ operations }) => operations.filter(({ service }) => service === 'lambda'));
  const nameOf = ({ stack = '', resource }: { stack?: string; resource: string }) =>
    billedFunction(stack, resource);
  const names = new Set(invoked(worked.rounds.flat()).map(nameOf));
  for (const name of [...names].sort()) {
    const calls = ({ operations }: StepWork) =>
      sum(
        operations
          .filter((row) => row.service === 'lambda' && nameOf(row) === name)
          .map((row) => row.calls),
      );
    const origin = 'counted by the local cloud';
    add(
      {
        what: `invocations/${name}`,
        title: `Invocations of ${name} per journey`,
        unit: 'count',
        origin,
      },
      journeys(calls),
    );
    const all = invoked(worked.rounds.flat()).filter((row) => nameOf(row) === name);
    const withoutStarts = all.filter(({ amounts }) => (amounts.cold ?? 0) === 0);
    // A single round has no spread.
    const enough = withoutStarts.length > 1;
    const warm = enough ? withoutStarts : all;
    const how =
      (enough
        ? 'median over rounds of the mean of a step’s invocations, without rounds that had a cold start'
        : 'median over rounds of the mean of a step’s invocations, without INIT; includes rounds with a cold start, in which the first work is slower') +
      '; from REPORT lines; on this machine’s CPU, not AWS’s';
    add(
      {
        what: `function-ms/${name}`,
        title: `Billed duration of ${name}, warm`,
        unit: 'ms',
        origin: how,
      },
      warm.map(
        ({ calls: count, amounts }) =>
          Math.max(0, (amounts.billedMs ?? 0) - (amounts.initMs ?? 0)) / count,
      ),
    );
  }
}

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);
