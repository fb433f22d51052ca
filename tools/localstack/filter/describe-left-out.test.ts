import { expect, it } from 'vitest';
import type { LeftOut } from './filter-templates.ts';
import { nameLeftOut } from './describe-left-out.ts';

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

it('names each service of a variant once, and the stacks that are not deployed', () => {
  expect(nameLeftOut('hybrid', { leftOut, droppedStacks: ['triptych-hybrid-front'] })).toBe(
    "hybrid: LocalStack's free edition lacks CDN, load balancer; stacks left out: front",
  );
});

it('calls a service it has no word for by its own name', () => {
  expect(nameLeftOut('microservices', { leftOut, droppedStacks: [] })).toContain('AWS::Cognito');
});

it('says nothing of a variant that is deployed whole', () => {
  expect(nameLeftOut('serverless', { leftOut, droppedStacks: [] })).toBeUndefined();
});
