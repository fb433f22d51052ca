import { expect, it } from 'vitest';
import { policyFaults } from './policy-faults.ts';
import { role } from './testing/permission-resources.ts';

const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { Ref: 'Queue' } };
const faultsOf = (resources: object) => policyFaults('shop', { Resources: resources as never });

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
