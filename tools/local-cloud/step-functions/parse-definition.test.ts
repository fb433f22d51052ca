import { describe, expect, it } from 'vitest';
import { parseDefinition } from './parse-definition.ts';
import { task } from './testing/workflow.ts';

const machine = (states: object, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: states,
  ...more,
});
const only = (state: object) => machine({ First: state });
const retry = (more: object) => only(task('f', { End: true, Retry: [more] }));
const everything = ['States.ALL'];

describe('a definition', () => {
  it.each<[string, object, string]>([
    ['without JSONata', { ...only({}), QueryLanguage: 'JSONPath' }, 'other than JSONata'],
    ['a state in JSONPath', only({ Type: 'Pass', End: true, QueryLanguage: 'JSONPath' }), 'First'],
    ['an unknown field', machine({}, { Processor: {} }), 'a state machine with Processor'],
    ['a type', only({ Type: 'Map', End: true }), 'the type Map of the state First'],
    ['a field', only(task('f', { End: true, ResultPath: '$' })), 'the state First with ResultPath'],
    ['a nested field', retry({ ErrorEquals: ['A'], Delay: 1 }), 'the state First with Retry.Delay'],
    [
      'an argument of the function',
      only(task('f', { End: true, Arguments: { FunctionName: 'f', Qualifier: '1' } })),
      'the state First with Arguments.Qualifier',
    ],
    [
      'a resource',
      only(task('f', { End: true, Resource: 'arn:aws:states:::sqs:sendMessage' })),
      'the Resource arn:aws:states:::sqs:sendMessage of the state First',
    ],
    ['an unknown start', machine({}), 'StartAt leads to First'],
    ['an unknown next state', only({ Type: 'Pass', Next: 'Second' }), 'leads to Second'],
    ['neither Next nor End', only({ Type: 'Pass' }), 'either Next or End'],
    ['both Next and End', only({ Type: 'Pass', Next: 'First', End: true }), 'either Next or End'],
    ['a choice without choices', only({ Type: 'Choice', Choices: [] }), 'needs Choices'],
    [
      'an unknown default',
      only({ Type: 'Choice', Choices: [{ Condition: true, Next: 'First' }], Default: 'X' }),
      'Default of the state First leads to X',
    ],
    ['a retrier without errors', retry({}), 'Retry of the state First needs ErrorEquals'],
    ['an interval of 0', retry({ ErrorEquals: everything, IntervalSeconds: 0 }), 'out of range'],
    ['a rate below 1', retry({ ErrorEquals: everything, BackoffRate: 0.5 }), 'out of range'],
    ['half an attempt', retry({ ErrorEquals: everything, MaxAttempts: 1.5 }), 'out of range'],
    [
      'a cap below the interval',
      retry({ ErrorEquals: everything, IntervalSeconds: 5, MaxDelaySeconds: 5 }),
      'out of range',
    ],
    ['another jitter', retry({ ErrorEquals: everything, JitterStrategy: 'HALF' }), 'out of range'],
    ['States.ALL among others', retry({ ErrorEquals: ['States.ALL', 'A'] }), 'must be alone'],
    [
      'States.ALL before another',
      only(task('f', { End: true, Retry: [{ ErrorEquals: everything }, { ErrorEquals: ['A'] }] })),
      'must be alone and come last',
    ],
    ['a timeout of 0', only(task('f', { End: true, TimeoutSeconds: 0 })), 'from 1 to 99999999'],
    [
      'a heartbeat as long as the timeout',
      only(task('f', { End: true, TimeoutSeconds: 5, HeartbeatSeconds: 5 })),
      'less than its TimeoutSeconds',
    ],
    ['a syntax error', only({ Type: 'Pass', End: true, Output: '{% 1 + %}' }), 'First, Output'],
    ['$eval', only({ Type: 'Pass', End: true, Output: '{% $eval("1") %}' }), '$eval'],
    ['an operator of JSONata 2.1', only({ Type: 'Pass', End: true, Output: '{% a ?? 1 %}' }), '??'],
  ])('with %s is rejected, and the error names it', (_name, definition, message) => {
    const text = JSON.stringify(definition);
    expect(() => parseDefinition(text)).toThrowError(
      expect.objectContaining({ code: 'InvalidDefinition' }),
    );
    expect(() => parseDefinition(text)).toThrow(message);
  });

  it('that is not a JSON object is rejected', () => {
    for (const text of ['', '[]', '"text"', '{']) {
      expect(() => parseDefinition(text)).toThrow('not a JSON object');
    }
  });
});
