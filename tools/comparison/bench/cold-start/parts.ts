import type { FirstAnswer, Marks, Milestone } from './function-host.ts';

/** What happens between two milestones of the traced function. */
const stretches: readonly [from: Milestone, to: Milestone, label: string][] = [
  ['loaded', 'evaluated', 'read, compile and evaluate the bundle'],
  ['evaluated', 'wired', 'check the settings, make clients, adapters and domain'],
  ['wired', 'prepared', 'build the Fastify application (plugins, routes)'],
  ['called', 'answered', 'the first request, with its GetItem'],
  ['answered', 'answeredAgain', 'of which, as a second request shows, any request takes'],
];

/**
 * Milliseconds per stretch and round, in the order they are passed. What lies before `loaded` (Node.js itself and the
 * bootstrap) and after the answer is the empty handler's too, so it is none of what the bundle adds.
 */
export function partsOf(
  samples: readonly FirstAnswer[],
  byCpu: boolean,
): { label: string; values: number[] }[] {
  const reading = ({ answer }: FirstAnswer, milestone: Milestone): number => {
    const mark = (answer.marks as Marks)[milestone];
    return byCpu ? mark.cpuMs : mark.atMs;
  };
  return stretches.map(([from, to, label]) => ({
    label,
    values: samples.map((sample) => reading(sample, to) - reading(sample, from)),
  }));
}
