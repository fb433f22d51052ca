import {
  ExecutionAlreadyExists,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { Coordinator } from '../core/index.ts';
import { ignoring } from './ignoring.ts';

/**
 * Starts and resumes executions of a state machine. The order's id is the name of its execution, so an
 * order has at most one.
 */
export function stateMachineCoordinator(client: SFNClient, stateMachineArn: string): Coordinator {
  return {
    async start(order) {
      const input = JSON.stringify(order);
      const command = new StartExecutionCommand({ stateMachineArn, name: order.orderId, input });
      // It has ended. AWS accepts the same name and input while it runs.
      await ignoring([ExecutionAlreadyExists], () => client.send(command));
    },

    async resume(taskToken, outcome) {
      const command = new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(outcome) });
      // The task has ended: the execution has stopped to wait, or was resumed before.
      await ignoring([TaskTimedOut, TaskDoesNotExist], () => client.send(command));
    },
  };
}
