import type { Stack } from 'aws-cdk-lib';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnExpressGatewayService, FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

/** A part of the dashboard, named after its stack: `catalog`. */
export interface Named<T> {
  readonly name: string;
  readonly of: T;
}

/** What the dashboard of a variant shows. */
export interface Observed {
  readonly apis: readonly (HttpApi | RestApi)[];
  readonly loadBalancers: readonly ApplicationLoadBalancer[];
  readonly cdns: readonly Distribution[];
  /** `catalog Http`, `catalog Worker`. */
  readonly functions: readonly Named<LambdaFunction>[];
  readonly services: readonly Named<FargateService | CfnExpressGatewayService>[];
  readonly queues: readonly Named<Queue>[];
  readonly deadLetters: readonly Named<Queue>[];
  readonly logs: readonly LogGroup[];
}

/** Finds what a variant consists of. The simulated provider is not part of it: on AWS nobody operates Stripe. */
export function observe(stacks: ReadonlyMap<string, Stack>): Observed {
  const found = [...stacks]
    .filter(([part]) => part !== 'provider')
    .flatMap(([part, stack]) => stack.node.findAll().map((of) => ({ part, of })));
  const named = <T extends IConstruct>(
    type: abstract new (...args: never[]) => T,
    nameOf: (part: string, of: T) => string,
  ): Named<T>[] =>
    found.flatMap(({ part, of }) => (of instanceof type ? [{ name: nameOf(part, of), of }] : []));
  const all = <T extends IConstruct>(type: abstract new (...args: never[]) => T): T[] =>
    named(type, (part) => part).map(({ of }) => of);
  const queues = named(Queue, (_part, { node }) => node.id);
  const isDead = ({ name }: Named<Queue>) => name.endsWith('DeadLetters');
  return {
    apis: [...all(HttpApi), ...all(RestApi)],
    loadBalancers: all(ApplicationLoadBalancer),
    cdns: all(Distribution),
    functions: named(LambdaFunction, (part, { node }) => `${part} ${node.id}`),
    services: [
      ...named(FargateService, (part) => part),
      ...named(CfnExpressGatewayService, (part) => part),
    ],
    queues: queues.filter((queue) => !isDead(queue)),
    deadLetters: queues.filter(isDead),
    // The second group of a Web Function has the same lines again.
    logs: all(LogGroup).filter(({ node }) => node.id !== 'WebLocalLogs'),
  };
}
