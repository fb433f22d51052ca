import { expect, it } from 'vitest';
import { exportedArns, policyFaults } from './policy-faults.ts';
import { role } from './testing/permission-resources.ts';

const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { Ref: 'Queue' } };
const faultsOf = (resources: object, arns = new Set<string>()) =>
  policyFaults('shop', { Resources: resources as never }, arns);

it('finds nothing in policies that the evaluator understands', async () => {
  const resources = {
    ...role('Worker', [{ ...statement, Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }]),
    Queue: { Type: 'AWS::SQS::Queue' },
  };
  expect(await faultsOf(resources)).toEqual([]);
});

it('names the resource and what it does not understand', async () => {
  const Condition = { DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } };
  const faults = await faultsOf(role('Worker', [{ ...statement, Resource: '*', Condition }]));
  expect(faults).toEqual([expect.stringMatching(/^shop\/WorkerPolicy .*aws:CurrentTime/)]);
});

it('knows that an export of a secret is an ARN', async () => {
  const exported = { Value: { Ref: 'Key' }, Export: { Name: 'state:Key' } };
  const state = {
    Resources: { Key: { Type: 'AWS::SecretsManager::Secret' } },
    Outputs: { Key: exported, Other: { Value: { Ref: 'Queue' }, Export: { Name: 'state:Queue' } } },
  };
  expect(exportedArns(state)).toEqual(['state:Key']);
  const resources = role('Worker', [
    { ...statement, Resource: { 'Fn::ImportValue': 'state:Key' } },
  ]);
  expect(await faultsOf(resources)).toEqual([expect.stringContaining('is not an ARN')]);
  expect(await faultsOf(resources, new Set(exportedArns(state)))).toEqual([]);
});
