import { CONTEXT_NAMES } from '@triptych/context-map';
import { expect, test } from 'vitest';
import { importedBy } from './support/imports.ts';
import { read } from './support/repository-files.ts';

/**
 * State of modules that a server of HTTP loads, and why none of it is a value of a request. A container and a Web Function
 * answer many requests in one process, so a request's value in a module would be seen by others.
 */
const STATE_OF_PROCESS: Readonly<Record<string, string>> = {
  'libs/images/adapters/colour/convert-to-srgb.ts signalTable': 'a constant, computed on first use',
  'libs/platform/aws/client-bounds.ts closers': 'closes the clients of the process',
  'libs/platform/http/security-headers.ts computed': 'the same headers for every response',
  'libs/platform/outbox/check-draft.ts checks': 'compiled schemas, by the name of the event',
  'libs/platform/queue/process-message.ts counted': 'ids of poison messages, for workers',
  'libs/platform/telemetry/process-telemetry.ts telemetry': 'the logger of the process',
  'libs/platform/telemetry/sign-request.ts signingKeys':
    "keys of the process's credentials, by day",
  'libs/platform/telemetry/span.ts epochOffsetMs': 'a clock',
  'libs/platform/telemetry/span.ts processIsCold': 'whether the process has had a span',
  'libs/platform/telemetry/traceparent.ts next': 'a position in random digits, each taken once',
  'libs/platform/telemetry/traceparent.ts pool': 'random digits, each taken once',
  'libs/platform/tokens/required-role.ts roles': 'the role that each hook requires',
};

/** Variables, and collections that are empty at first, at the top level of a module. */
const STATE =
  /^(?:export )?(?:(?:let|var) (\w+)|const (\w+)(?:: .+?)? = (?:new (?:Weak)?(?:Map|Set)\b[^(\n]*\(\)|\[\]|\{\}))/gm;

const stateIn = (source: string) =>
  [...source.matchAll(STATE)].map(([, variable, collection]) => variable ?? collection ?? '');

test('no module of a server keeps a value of a request', () => {
  const roots = CONTEXT_NAMES.map((name) => `apps/serverless/web-functions/${name}.ts`);
  const modules = [...importedBy(roots)];
  expect(modules.length).toBeGreaterThan(100);
  const found = modules.flatMap((file) => stateIn(read(file)).map((name) => `${file} ${name}`));
  expect(found.toSorted()).toEqual(Object.keys(STATE_OF_PROCESS).toSorted());
});

test('state of a module is found in each of its forms', () => {
  const source = [
    'let a: string | undefined;',
    'export let b = 1;',
    'var c;',
    'const d = new Map<string, Caller>();',
    'export const e: Set<() => void> = new Set();',
    'const f = new WeakMap<object, Role>();',
    'const g: string[] = [];',
    'const h = {};',
    "const constant = new Set(['a']);",
    'function inside() {',
    '  let own = 1;',
    '}',
  ];
  expect(stateIn(source.join('\n'))).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
});
