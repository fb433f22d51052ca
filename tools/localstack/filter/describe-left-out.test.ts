import { expect, it } from 'vitest';
import { describeLeftOut } from './describe-left-out.ts';
import type { LeftOut } from './filter-templates.ts';

const leftOut: LeftOut[] = [
  {
    stack: 'triptych-hybrid-images',
    logicalId: 'Cdn',
    type: 'AWS::CloudFront::Distribution',
    because: 'type',
  },
  {
    stack: 'triptych-hybrid-front',
    logicalId: 'Lb',
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    because: 'type',
  },
  {
    stack: 'triptych-hybrid-front',
    logicalId: 'Lb2',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    because: 'type',
  },
  {
    stack: 'triptych-hybrid-front',
    logicalId: 'Alarm',
    type: 'AWS::CloudWatch::Alarm',
    because: 'reference',
  },
  {
    stack: 'triptych-microservices-auth',
    logicalId: 'S',
    type: 'AWS::Cognito::UserPool',
    because: 'type',
  },
];

it('names each missing service of a variant once, and the stacks that are not deployed', () => {
  expect(describeLeftOut('hybrid', { leftOut, droppedStacks: ['triptych-hybrid-front'] })).toBe(
    "hybrid: LocalStack's free edition lacks CDN, load balancer; stacks left out: front",
  );
});

it('uses the CloudFormation name of a service without a title', () => {
  expect(describeLeftOut('microservices', { leftOut, droppedStacks: [] })).toContain(
    'AWS::Cognito',
  );
});

it('returns nothing for a variant that is deployed completely', () => {
  expect(describeLeftOut('serverless', { leftOut, droppedStacks: [] })).toBeUndefined();
});
