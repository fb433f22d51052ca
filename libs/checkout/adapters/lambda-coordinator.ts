import {
  CallbackTimeoutException,
  DurableExecutionAlreadyStartedException,
  InvokeCommand,
  type LambdaClient,
  ResourceNotFoundException,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import type { Coordinator } from '../core/index.ts';
import { ignoring } from './ignoring.ts';

/**
 * Starts and resumes executions of a durable function. The order's id is the name of its execution,
 * so an order has at most one.
 * @param functionArn with a version or an alias: AWS rejects an unqualified ARN
 */
export function lambdaCoordinator(client: LambdaClient, functionArn: string): Coordinator {
  return {
    async start(order) {
      const command = new InvokeCommand({
        FunctionName: functionArn,
        InvocationType: 'Event',
        DurableExecutionName: order.orderId,
        Payload: Buffer.from(JSON.stringify(order)),
      });
      await ignoring([DurableExecutionAlreadyStartedException], () => client.send(command));
    },

    ...callbackResumer(client),
  };
}

/** Resumes executions that wait for a callback. The token is the callback's id. */
export function callbackResumer(client: LambdaClient): Pick<Coordinator, 'resume'> {
  return {
    async resume(CallbackId, outcome) {
      const Result = Buffer.from(outcome);
      const command = new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result });
      // The callback has ended: the execution has stopped to wait, or was resumed before.
      const ended = [CallbackTimeoutException, ResourceNotFoundException];
      await ignoring(ended, () => client.send(command));
    },
  };
}
