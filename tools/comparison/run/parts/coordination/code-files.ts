import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import type { Coordination } from '@triptych/context-map';
import { codeLines } from '../../../complexity/index.ts';

/** What both coordinators need. `index.ts` only exports. */
const COORDINATED = [
  'libs/checkout/core',
  ...[
    'coordinate',
    'coordinated-publisher',
    'dynamo-waits',
    'ignoring',
    'settings',
    'traced-steps',
  ].map((name) => `libs/checkout/adapters/${name}.ts`),
  'apps/serverless/event-functions/checkout.ts',
  'infra/constructs/coordinator.ts',
];

/**
 * The code that exists for one way to coordinate a checkout: files, and folders without their tests. The use cases that all of
 * them call are in none.
 */
const CODE: Readonly<Record<Coordination, readonly string[]>> = {
  events: [
    'libs/catalog/messages',
    'libs/payments/messages',
    'infra/constructs/rules.ts',
    'infra/constructs/feed-worker.ts',
  ],
  'step-functions': [
    ...COORDINATED,
    'libs/checkout/states',
    'libs/checkout/adapters/state-machine-coordinator.ts',
    'infra/constructs/state-machine-coordinator.ts',
  ],
  'durable-functions': [
    ...COORDINATED,
    'libs/checkout/durable',
    'libs/checkout/adapters/lambda-coordinator.ts',
    'infra/constructs/durable-coordinator.ts',
  ],
};

/** The files of a coordination, relative to the repository's root. */
export function filesOf(coordination: Coordination): string[] {
  return CODE[coordination].flatMap((path) =>
    path.endsWith('.ts')
      ? [path]
      : readdirSync(join(repositoryRoot, path))
          .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
          .map((name) => `${path}/${name}`),
  );
}

/** Lines of code that are neither blank nor only a comment. */
export function linesOf(coordination: Coordination): number {
  const texts = filesOf(coordination).map((path) =>
    readFileSync(join(repositoryRoot, path), 'utf8'),
  );
  return texts.reduce((sum, text) => sum + codeLines(text), 0);
}
