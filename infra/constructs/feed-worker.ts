import { type ContextName, QUEUE_IDS, type QueueName, traitsOf } from '@triptych/context-map';
import { Duration } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import {
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from './acknowledge.ts';
import { sizeOf } from './limits.ts';
import type { State } from './state.ts';

/** Connects a context's worker to its queues, and to the stream of its outbox if it has one. */
export function feedWorker(
  worker: IFunction,
  name: ContextName,
  { tables, queues }: Pick<State, 'tables' | 'queues'>,
): void {
  for (const queue of queuesOf(name)) takeMessages(worker, queues[queue], sizeOf(name).batch);
  const own: Readonly<Partial<Record<ContextName, Table>>> = tables;
  const table = own[name];
  if (traitsOf(name).stream && table) relayOutbox(worker, table);
}

function queuesOf(name: ContextName): QueueName[] {
  const names: readonly string[] = [name, ...Object.keys(traitsOf(name).extraQueues ?? {})];
  return (Object.keys(QUEUE_IDS) as QueueName[]).filter((queue) => names.includes(queue));
}

/** Sends a queue's messages to a worker in batches. The worker reports failures individually. */
export function takeMessages(
  worker: IFunction,
  queue: IQueue,
  { size, maxConcurrency }: { readonly size: number; readonly maxConcurrency: number },
): void {
  worker.addEventSource(
    new SqsEventSource(queue, { batchSize: size, maxConcurrency, reportBatchItemFailures: true }),
  );
}

/**
 * Sends new outbox entries of a table to a worker, which publishes them. A schedule also makes the worker sweep the outbox
 * hourly for entries that the stream dropped. It calls the worker directly, because the contexts have no message for this.
 */
function relayOutbox(worker: IFunction, table: ITable): void {
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
    acknowledge(worker.role, { 'IAM5[Resource::*]': 'dynamodb:ListStreams has no resource.' });
  }
}
