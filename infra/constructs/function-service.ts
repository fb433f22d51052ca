import { type CfnResource, Duration, type Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { nameArtifact, type Service } from '../deployment.ts';
import { acknowledge } from './acknowledge.ts';
import type { ApiFront } from './api-front.ts';
import { environment, type ServiceProps } from './environment.ts';
import { sizes } from './limits.ts';
import { shortLivedLogs } from './log-group.ts';

const architectures = { arm64: Architecture.ARM_64, x86_64: Architecture.X86_64 };

/** One part of a service as a function; its logical id is `Http` or `Worker`, in its service's stack. */
export function serviceFunction(
  stack: Stack,
  part: 'http' | 'worker',
  props: ServiceProps<Service | 'simulator'>,
): LambdaFunction {
  const { deployment, service, needs } = props;
  const artifact = deployment.artifact(service);
  const { memoryMb, timeout } = sizes[service][part];
  const id = part === 'http' ? 'Http' : 'Worker';
  const logGroup = shortLivedLogs(stack, `${id}Logs`);
  // A role of our own: the default one may write to every log group of the account.
  const role = new Role(stack, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  logGroup.grantWrite(role);
  for (const need of needs) need.grantTo(role, part);
  const made = new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: architectures[deployment.settings.architecture],
    handler: `index.${part}`,
    code: Code.fromAsset(artifact.folder),
    memorySize: memoryMb,
    timeout,
    role,
    logGroup,
    environment: environment(props, ({ name, value }) => ({ [`${name}_ARN`]: value })),
  });
  const resource = made.node.defaultChild as CfnResource;
  resource.overrideLogicalId(id);
  nameArtifact(resource, artifact);
  return made;
}

/** A service as two functions behind the API; returns the one that takes messages. */
export function functionService(
  stack: Stack,
  { front, ...props }: ServiceProps & { readonly front: ApiFront },
): LambdaFunction {
  front.route(stack, props.service, serviceFunction(stack, 'http', props));
  return serviceFunction(stack, 'worker', props);
}

/** Gives a queue's messages to a worker, in batches whose failures are told one by one. */
export function takeMessages(
  worker: LambdaFunction,
  queue: IQueue,
  { size, maxConcurrency }: { readonly size: number; readonly maxConcurrency: number },
): void {
  worker.addEventSource(
    new SqsEventSource(queue, { batchSize: size, maxConcurrency, reportBatchItemFailures: true }),
  );
}

/**
 * Gives new outbox entries of a table to a worker, which publishes them; and has it sweep once an hour what the stream
 * gave up. The schedule calls the worker itself: no context has a say in its outbox, so none has a message for it.
 */
export function relayOutbox(worker: LambdaFunction, table: ITable): void {
  worker.addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      reportBatchItemFailures: true,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith('OUTBOX#') } } },
        }),
      ],
    }),
  );
  new Rule(worker.stack, 'Sweep', {
    schedule: Schedule.rate(Duration.hours(1)),
    targets: [new LambdaTarget(worker)],
  });
  if (worker.role) {
    acknowledge(worker.role, { 'IAM5[Resource::*]': 'dynamodb:ListStreams knows no resource.' });
  }
}
