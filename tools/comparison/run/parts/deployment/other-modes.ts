import type { PartFindings } from '../../../data/index.ts';

/** Modes that a run does not bring up by itself: each needs an engine or an account. */
const modes = [
  {
    what: 'Docker: build, start and end',
    how: '`npm run start:docker` prints the time of each step',
  },
  {
    what: 'LocalStack: deploy and destroy',
    how: '`npm run deploy -- serverless --to localstack` prints the time of each stack',
  },
  {
    what: 'AWS: deploy and destroy',
    how: '`npm run deploy -- <variant>`, with your own account; docs/measuring.md says what that costs',
  },
] as const;

/** Says what was not run and how to run it. */
export function otherModes(findings: PartFindings): void {
  for (const { what, how } of modes) {
    findings.lack({ what, why: `not part of a local run: ${how}` });
  }
}
