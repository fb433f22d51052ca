import { SharedProcessor } from '../../simulation/engine/shared-processor.ts';
import { Simulation } from '../../simulation/engine/simulation.ts';
import { Account, LambdaFunction } from '../../simulation/models/lambda-function.ts';
import { Random } from '../../simulation/random/random.ts';
import { interleave } from '../../statistics/rounds.ts';
import type { Benchmark, Findings, Scale } from '../measure/benchmark.ts';
import { cpuFindings, overBaseline } from '../measure/over-baseline.ts';

const EVENTS = 400_000;
/** Events that wait at any time, about as many as in the models. */
const WAITING = 10;

/** Microseconds of CPU time per event of some work. */
function perEvent(work: () => number): () => Promise<number> {
  return async () => {
    const before = process.cpuUsage();
    const events = work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / events;
  };
}

/** A heap of waiting events, each of which schedules one more. */
function bareLoop(): number {
  const simulation = new Simulation();
  const random = new Random(1);
  const again = () => simulation.after(random.exponential(1), again);
  for (let n = 0; n < WAITING; n += 1) again();
  while (simulation.events < EVENTS) simulation.runUntil(simulation.now + 1);
  return simulation.events;
}

/** A Lambda function, and a processor that requests share, under steady traffic. */
function models(): number {
  const simulation = new Simulation();
  const random = new Random(1);
  const processor = new SharedProcessor(simulation, 1);
  const lambda = new LambdaFunction(simulation, random.split(), new Account(1_000), {
    ...{ cores: 1, provisioned: 0, initMs: () => 400, warmMs: () => 300_000 },
    ...{ lifeMs: 7_200_000, startsPerSecond: 100 },
  });
  const arrive = () => {
    lambda.call({ cpuMs: 5, waitMs: 10 }, () => processor.start(random.exponential(2), () => {}));
    simulation.after(random.exponential(4), arrive);
  };
  arrive();
  while (simulation.events < EVENTS) simulation.runUntil(simulation.now + 1_000);
  return simulation.events;
}

/** What the models cost beyond the event loop, and so how many events a minute a simulation handles. */
export const simulation: Benchmark = {
  name: 'simulation',
  title: 'An event of the simulated models, relative to an event of a bare heap loop',
  method: `CPU time per event; ${EVENTS} events per round; the loop has ${WAITING} events that wait`,
  aim: 3,
  scale: { full: { rounds: 12 }, quick: { rounds: 4 } },
  run: async (scale) => measure(scale),
};

async function measure({ rounds }: Scale): Promise<Findings> {
  const { bare, again, whole } = await interleave(
    { bare: perEvent(bareLoop), again: perEvent(bareLoop), whole: perEvent(models) },
    rounds,
  );
  const { part } = overBaseline(bare);
  return cpuFindings(
    { subject: whole, baseline: bare, again },
    { subject: 'an event of the models', baseline: 'an event of the loop' },
    {
      alsoOverBaseline: [],
      rest: [part('arrivals, sandboxes and the shared processor', whole, bare)],
    },
  );
}
