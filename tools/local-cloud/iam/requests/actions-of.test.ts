import { describe, expect, it } from 'vitest';
import { createKernel } from '../../create-kernel.ts';
import { createServices } from '../../create-services.ts';
import { LogStore } from '../../logs/index.ts';
import type { CallInput } from '../types.ts';
import { actionsOf } from './index.ts';
import { ACCOUNT, HERE, names, needs, SECRET, STACK } from './testing/needs.ts';

const { kernel } = createKernel({ root: '/' });
const { data, aws } = createServices(kernel, new LogStore());
data.stop();
const calls = aws.flatMap((service) => service.calls.map((call) => [service.name, call] as const));

describe('every call of the endpoint', () => {
  it.each(calls)('%s %s has its actions, even if it lacks members', (service, call) => {
    for (const { action, resource } of actionsOf(service, call, {}, names)) {
      expect(action).toMatch(/^[a-z0-9]+:[A-Z]\w+$/);
      expect(resource).toMatch(/^(\*|arn:aws:.*|)$/);
    }
  });

  it('that is not declared is an error', () => {
    const message = 'The actions of dynamodb RestoreTable are not declared';
    expect(() => needs('dynamodb', 'RestoreTable', {})).toThrow(message);
    expect(() => needs('kinesis', 'PutRecord', {})).toThrow('kinesis PutRecord');
    expect(() => needs('dynamodb', 'constructor', {})).toThrow('dynamodb constructor');
  });
});

describe('the other services', () => {
  const GROUP = `arn:aws:logs:${HERE}:log-group:app:log-stream:`;
  const FUNCTION = `arn:aws:lambda:${HERE}:function:images`;
  const BUS = `arn:aws:events:${HERE}:event-bus`;

  it.each<[string, string, CallInput, string[]]>([
    [
      'events',
      'PutEvents',
      { Entries: [{ EventBusName: 'shop' }, { EventBusName: `${BUS}/shop` }, {}] },
      [`events:PutEvents on ${BUS}/shop`, `events:PutEvents on ${BUS}/default`],
    ],
    [
      'events',
      'DescribeRule',
      { Name: 'r' },
      [`events:DescribeRule on arn:aws:events:${HERE}:rule/r`],
    ],
    [
      'events',
      'ListTargetsByRule',
      { Rule: 'r', EventBusName: 'shop' },
      [`events:ListTargetsByRule on arn:aws:events:${HERE}:rule/shop/r`],
    ],
    [
      'secretsmanager',
      'GetSecretValue',
      { SecretId: 'provider-key' },
      [`secretsmanager:GetSecretValue on ${SECRET}`],
    ],
    [
      'secretsmanager',
      'GetSecretValue',
      { SecretId: 'unknown' },
      ['secretsmanager:GetSecretValue on unknown'],
    ],
    [
      'secretsmanager',
      'CreateSecret',
      { Name: 'a' },
      [`secretsmanager:CreateSecret on arn:aws:secretsmanager:${HERE}:secret:a`],
    ],
    ['lambda', 'Invoke', { FunctionName: 'images' }, [`lambda:InvokeFunction on ${FUNCTION}`]],
    [
      'lambda',
      'Invoke',
      { FunctionName: FUNCTION, Qualifier: 'live' },
      [`lambda:InvokeFunction on ${FUNCTION}:live`],
    ],
    [
      'lambda',
      'Invoke',
      { FunctionName: `${ACCOUNT}:function:images:live` },
      [`lambda:InvokeFunction on ${FUNCTION}:live`],
    ],
    [
      'lambda',
      'GetFunction',
      { FunctionName: 'function:images' },
      [`lambda:GetFunction on ${FUNCTION}`],
    ],
    [
      'lambda',
      'GetEventSourceMapping',
      { UUID: 'u-1' },
      [`lambda:GetEventSourceMapping on arn:aws:lambda:${HERE}:event-source-mapping:u-1`],
    ],
    [
      'lambda',
      'SendDurableExecutionCallbackSuccess',
      { CallbackId: 'unknown' },
      ['lambda:SendDurableExecutionCallbackSuccess on unknown'],
    ],
    ['logs', 'FilterLogEvents', { logGroupName: 'app' }, [`logs:FilterLogEvents on ${GROUP}`]],
    [
      'logs',
      'FilterLogEvents',
      { logGroupIdentifier: `arn:aws:logs:${HERE}:log-group:app:*` },
      [`logs:FilterLogEvents on ${GROUP}`],
    ],
    [
      'logs',
      'GetLogEvents',
      { logGroupName: 'app', logStreamName: 's' },
      [`logs:GetLogEvents on ${GROUP}s`],
    ],
    ['cloudformation', 'DescribeStacks', {}, ['cloudformation:DescribeStacks on *']],
    [
      'cloudformation',
      'DescribeStacks',
      { StackName: 'shop' },
      [`cloudformation:DescribeStacks on ${STACK}`],
    ],
    [
      'cloudformation',
      'ListStackResources',
      { StackName: 'other' },
      [`cloudformation:ListStackResources on arn:aws:cloudformation:${HERE}:stack/other/*`],
    ],
    ['sts', 'GetCallerIdentity', {}, []],
  ])('%s %s of %j needs %j', (service, operation, input, expected) => {
    expect(needs(service, operation, input)).toEqual(expected);
  });
});
