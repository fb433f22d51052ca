import type { CallInput, ResourceNames } from '../types.ts';
import { onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * Step Functions.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_stepfunctions.html
 */
export const STATES_ACTIONS: ServiceActions = {
  StartExecution: one('states:StartExecution', stateMachine),
  ListExecutions: one('states:ListExecutions', stateMachine),
  DescribeStateMachine: one('states:DescribeStateMachine', stateMachine),
  ListStateMachines: onEverything('states:ListStateMachines'),
  StopExecution: one('states:StopExecution', execution),
  DescribeExecution: one('states:DescribeExecution', execution),
  GetExecutionHistory: one('states:GetExecutionHistory', execution),
  SendTaskSuccess: one('states:SendTaskSuccess', waiting),
  SendTaskFailure: one('states:SendTaskFailure', waiting),
  SendTaskHeartbeat: one('states:SendTaskHeartbeat', waiting),
};

function stateMachine({ stateMachineArn }: CallInput): string {
  return text(stateMachineArn);
}

function execution({ executionArn }: CallInput): string {
  return text(executionArn);
}

/**
 * The state machine whose execution waits with a token. The reference has no resource for these
 * calls, but AWS decides them on the state machine.
 */
function waiting({ taskToken }: CallInput, names: ResourceNames): string {
  return names.stateMachineArn(text(taskToken)) ?? text(taskToken);
}
