import type { PartFindings } from '../../../data/index.ts';

/** Modes that a run does not start, because each needs Docker or an account. */
const MODES = [
  {
    what: 'Docker: build, start and stop',
    how: '`npm run start:docker` prints the time of each step',
  },
  {
    what: 'LocalStack: deploy and destroy',
    how: '`npm run deploy -- serverless --to localstack` prints the time of each stack',
  },
  {
    what: 'AWS: deploy and destroy',
    how: '`npm run deploy -- <variant>`, with your own account; see docs/measuring.md for the cost',
  },
] as const;

/** Lists the modes that were not measured and how to run them. */
export function otherModes(findings: PartFindings): void {
  for (const { what, how } of MODES) {
    findings.addMissing({ what, why: `not part of a local run: ${how}` });
  }
}
