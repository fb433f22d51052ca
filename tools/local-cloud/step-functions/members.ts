import { honoured, type MemberTable } from '../endpoint/index.ts';

/** The request members that the local Step Functions supports. Any other member is an error. */
export const STATES_MEMBERS = {
  StartExecution: honoured('stateMachineArn', 'name', 'input'),
  StopExecution: honoured('executionArn', 'error', 'cause'),
  DescribeExecution: honoured('executionArn'),
  GetExecutionHistory: honoured(
    ...['executionArn', 'maxResults', 'reverseOrder', 'nextToken', 'includeExecutionData'],
  ),
  ListExecutions: honoured('stateMachineArn', 'statusFilter', 'maxResults', 'nextToken'),
  ListStateMachines: honoured('maxResults', 'nextToken'),
  DescribeStateMachine: honoured('stateMachineArn'),
  SendTaskSuccess: honoured('taskToken', 'output'),
  SendTaskFailure: honoured('taskToken', 'error', 'cause'),
  SendTaskHeartbeat: honoured('taskToken'),
} as const satisfies MemberTable;
