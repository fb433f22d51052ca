import type { FirstAnswer, Marks, Milestone } from './function-host.ts';

/** The phases between milestones of the traced function. */
const PHASES: readonly [from: Milestone, to: Milestone, label: string][] = [
  ['loaded', 'evaluated', 'read, compile and evaluate the bundle'],
  ['evaluated', 'wired', 'check the settings, create clients, adapters and domain'],
  ['wired', 'prepared', 'build the Fastify application (plugins, routes)'],
  ['called', 'answered', 'the first request, with its GetItem'],
  ['answered', 'answeredAgain', 'cost of any request, measured with a second one'],
];

/**
 * Milliseconds per phase and round, in order. The time before `loaded` (Node.js and the bootstrap) and after the answer is not
 * included, because the empty handler has it too.
 */
export function partsOf(
  samples: readonly FirstAnswer[],
  byCpu: boolean,
): { label: string; values: number[] }[] {
  const reading = ({ answer }: FirstAnswer, milestone: Milestone): number => {
    const mark = (answer.marks as Marks)[milestone];
    return byCpu ? mark.cpuMs : mark.atMs;
  };
  return PHASES.map(([from, to, label]) => ({
    label,
    values: samples.map((sample) => reading(sample, to) - reading(sample, from)),
  }));
}
