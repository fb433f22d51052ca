import { operations as billedOperations } from '../../../cost/index.ts';
import type { PartFindings } from '../../../data/index.ts';
import { estimateQuantile } from '../../../statistics/index.ts';
import { billedFunction } from '../function-name.ts';
import { byGroup } from './operation-delta.ts';
import { lookAfterMs, type StepWork, workSteps } from './worked-target.ts';

const journeyOf = 'browse, a picture, log in, order and wait for the confirmation';

interface Worked {
  readonly target: string;
  /** Each with all steps. */
  readonly rounds: readonly (readonly StepWork[])[];
  readonly idleMsPerSecond: number | undefined;
  readonly seed: number;
}

/** Turns rounds into figures: a round is a sample. */
export function addWork(findings: PartFindings, worked: Worked): void {
  const { target, rounds, seed, idleMsPerSecond } = worked;
  if (rounds.length === 0) {
    findings.lack({ target, what: 'work of a journey', why: 'there was no time for a round' });
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
  /** A journey is one of each step. */
  const journeys = (of: (step: StepWork) => number) =>
    rounds.map((steps) => steps.reduce((sum, step) => sum + of(step) / step.times, 0));
  const ofStep = (name: string, of: (step: StepWork) => number) =>
    rounds.flatMap((steps) =>
      steps.filter(({ step }) => step === name).map((s) => of(s) / s.times),
    );

  const idle = idleMsPerSecond ?? 0;
  const cpu = (step: StepWork) => Math.max(0, sum(step.cpuMs.values()) - idle * step.seconds);
  const cpuOrigin =
    `median of rounds; processor time of the variant's processes, without the local cloud and the simulated provider` +
    (idleMsPerSecond === undefined
      ? ', idle work included (the part idle did not run)'
      : `, less ${idle.toFixed(2)} ms per s that they use idle`);
  const msOf = { unit: 'ms', origin: cpuOrigin };
  add(
    { what: 'cpu-per-journey', title: `Processor time of a journey: ${journeyOf}`, ...msOf },
    journeys(cpu),
  );
  for (const step of workSteps) {
    const title = step === 'place-order' ? 'an order, from placing to its end' : step;
    add({ what: `cpu/${step}`, title: `Processor time of ${title}`, ...msOf }, ofStep(step, cpu));
  }
  const containers = new Set(
    rounds
      .flat()
      .flatMap(({ cpuMs }) => [...cpuMs.keys()].filter((key) => key.startsWith('container '))),
  );
  for (const key of containers) {
    const service = key.slice('container '.length);
    const origin = 'median of rounds; as it was used, idle work included';
    add(
      {
        what: `cpu-of/${service}`,
        title: `Processor time of ${service} in a journey`,
        unit: 'ms',
        origin,
      },
      journeys(({ cpuMs }) => cpuMs.get(key) ?? 0),
    );
  }
  addOperations(add, journeys, ofStep);
  const byClient = `counted at the client, which looks at an order every ${lookAfterMs} ms`;
  add(
    {
      what: 'requests-per-journey',
      title: 'Requests of a journey',
      unit: 'count',
      origin: byClient,
    },
    journeys(({ requests }) => requests),
  );
  add(
    {
      what: 'bytes-out-per-journey',
      title: 'Bytes a journey gets (bodies)',
      unit: 'bytes',
      origin: byClient,
    },
    journeys(({ bytesOut }) => bytesOut),
  );
  addFunctions(worked, add, journeys);
}

type Add = (
  given: { what: string; title: string; unit: string; origin: string },
  samples: readonly number[],
) => void;
type Journeys = (of: (step: StepWork) => number) => number[];

function addOperations(
  add: Add,
  journeys: Journeys,
  ofStep: (name: string, of: (step: StepWork) => number) => number[],
): void {
  const origin =
    'counted by the local cloud, as AWS would bill (read and write units; items of transactions in units of 1 KB, before they count twice)';
  for (const group of billedOperations) {
    const of = ({ operations }: StepWork) => byGroup(operations)[group];
    const given = (whose: string) => ({
      what: `operations/${whose}/${group}`,
      title: `${group} of ${whose === 'journey' ? 'a journey' : whose}`,
      unit: 'count',
      origin,
    });
    add(given('journey'), journeys(of));
    for (const step of workSteps) {
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
        title: `Invocations of ${name} in a journey`,
        unit: 'count',
        origin,
      },
      journeys(calls),
    );
    const all = invoked(worked.rounds.flat()).filter((row) => nameOf(row) === name);
    const withoutStarts = all.filter(({ amounts }) => (amounts.cold ?? 0) === 0);
    const warm = withoutStarts.length > 0 ? withoutStarts : all;
    const how =
      (withoutStarts.length > 0
        ? 'mean of the invocations of a step in a round that started nothing, median of those'
        : 'mean of the invocations of a step in a round without their INIT, median of those: in every round one had to start, whose first work is slower') +
      '; as in REPORT lines; this machine’s processor, not AWS’s';
    add(
      {
        what: `function-ms/${name}`,
        title: `Billed time of ${name}, warm`,
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
