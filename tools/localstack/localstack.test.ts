import { finishedStack, lastReason } from '@triptych/build/run-cdk';
import { describe, expect, it } from 'vitest';
import { FAILURE_SIGNS } from './cdklocal.ts';
import { chooseStacks } from './choose-stacks.ts';
import { USEFUL_TYPES } from './filter/supported-types.ts';
import { lookUps } from './look-up/index.ts';
import { halfFinished, withDependents } from './stack-states.ts';
import { synthSettings } from './synth-settings.ts';

const order = [
  { name: 'state', dependencies: [] },
  { name: 'front', dependencies: [] },
  { name: 'x-auth', dependencies: ['front', 'state'] },
  { name: 'release', dependencies: ['x-auth'] },
];

describe('a half-finished deployment', () => {
  it.each([
    'ROLLBACK_COMPLETE',
    'CREATE_FAILED',
    'CREATE_IN_PROGRESS',
    'REVIEW_IN_PROGRESS',
    'DELETE_FAILED',
  ])('is a stack that is %s', (status) => {
    const whole = [
      { name: 'a', status: 'CREATE_COMPLETE' },
      { name: 'b', status: 'UPDATE_COMPLETE' },
    ];
    expect(halfFinished([...whole, { name: 'd', status }])).toEqual([{ name: 'd', status }]);
  });

  it('includes the stacks that depend on it', () => {
    expect(withDependents(['front'], order)).toEqual(['front', 'x-auth', 'release']);
    expect(withDependents(['release'], order)).toEqual(['release']);
  });
});

describe('the stacks of one service', () => {
  const templates = order.map(({ name }) => ({ name, template: {} }));

  it('include their dependencies', () => {
    const names = chooseStacks(templates, order, 'auth').sort();
    expect(names).toEqual(['front', 'state', 'x-auth']);
    expect(chooseStacks(templates, order, undefined)).toHaveLength(4);
  });

  it('must have at least one stack in LocalStack', () => {
    expect(() => chooseStacks(templates, order, 'catalog')).toThrow('No part of catalog');
  });
});

describe('settings for LocalStack', () => {
  const localStack = { endpoint: 'http://localhost:4566', architecture: 'x86_64' } as const;

  it('use the REST API for serverless and the ports of npm start for the others', () => {
    expect(synthSettings(localStack, ['serverless', 'hybrid'], {})).toMatchObject({
      TRIPTYCH_VARIANTS: 'serverless,hybrid',
      TRIPTYCH_FRONT: 'rest-api',
      TRIPTYCH_ARCHITECTURE: 'x86_64',
      TRIPTYCH_BASE_URL_SERVERLESS:
        'http://localhost:4566/_aws/execute-api/triptych-serverless/live',
      TRIPTYCH_BASE_URL_HYBRID: 'http://127.0.0.1:4003',
      TRIPTYCH_S3_PUBLIC_ENDPOINT: 'http://localhost:4566',
    });
  });

  it('let the environment override addresses and the number of tasks, and nothing else', () => {
    const env = {
      TRIPTYCH_BASE_URL_SERVERLESS: 'http://127.0.0.1:4002',
      TRIPTYCH_INTERNAL_URL_HYBRID: 'http://edge:4003',
      TRIPTYCH_FRONT: 'http-api',
      TRIPTYCH_TASKS_PER_SERVICE: '',
    };
    const settings = synthSettings(localStack, ['serverless'], env);
    expect(settings).toMatchObject({
      TRIPTYCH_BASE_URL_SERVERLESS: 'http://127.0.0.1:4002',
      TRIPTYCH_FRONT: 'rest-api',
      TRIPTYCH_TASKS_PER_SERVICE: '1',
    });
    // It has no default here. Synthesis reads it from the environment.
    expect(settings).not.toHaveProperty('TRIPTYCH_INTERNAL_URL_HYBRID');
  });
});

describe("CDK's output", () => {
  it('shows when a stack is done', () => {
    expect(finishedStack(' ✅  triptych-serverless-state')).toEqual({
      stack: 'triptych-serverless-state',
      changed: true,
    });
    expect(finishedStack(' ✅  triptych-serverless-state (no changes)')?.changed).toBe(false);
    expect(finishedStack('triptych-serverless-state: deploying... [1/8]')).toBeUndefined();
  });

  it('shows why it failed: the last error, else the last line', () => {
    const reasonOf = (lines: string[]) => lastReason(lines, FAILURE_SIGNS);
    expect(reasonOf(['x failed: Error: a', '❌  s failed:  b', 'bye'])).toBe('❌ s failed: b');
    expect(reasonOf(['one', 'two'])).toBe('two');
    expect(reasonOf([])).toBe('it printed nothing');
  });
});

it('looks up every useful type', () => {
  expect(Object.keys(lookUps).sort()).toEqual([...USEFUL_TYPES].sort());
});
