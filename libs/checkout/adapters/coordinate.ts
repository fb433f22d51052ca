import { type DynamoTable, lambda, stepFunctions } from '@triptych/platform/aws';
import type { EventPublisher } from '@triptych/platform/outbox';
import { coordinatedPublisher } from './coordinated-publisher.ts';
import { dynamoWaits } from './dynamo-waits.ts';
import { lambdaCoordinator } from './lambda-coordinator.ts';
import { stateMachineCoordinator } from './state-machine-coordinator.ts';

/**
 * A publisher that also tells the coordinator of payments' events.
 * @param arn the state machine, or the durable function with its version. Undefined: events coordinate
 *   the checkout, and the result is `publisher` itself
 */
export function coordinate(
  publisher: EventPublisher,
  { arn, ...at }: DynamoTable & { arn: string | undefined; clock: { now(): number } },
): EventPublisher {
  if (arn === undefined) return publisher;
  const coordinator = /^arn:[^:]+:states:/.test(arn)
    ? stateMachineCoordinator(stepFunctions(), arn)
    : lambdaCoordinator(lambda(), arn);
  return coordinatedPublisher(publisher, { coordinator, waits: dynamoWaits(at) });
}
