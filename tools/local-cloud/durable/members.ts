import { inQuery, type RestMemberTable } from '../endpoint/index.ts';

const ERROR = {
  ErrorMessage: 'honoured',
  ErrorType: 'honoured',
  ErrorData: 'honoured',
  StackTrace: 'honoured',
} as const;

const UPDATE = {
  Id: 'honoured',
  ParentId: 'honoured',
  Name: 'honoured',
  Type: 'honoured',
  SubType: 'honoured',
  Action: 'honoured',
  Payload: 'honoured',
  Error: { members: ERROR },
  ContextOptions: { members: { ReplayChildren: 'honoured' } },
  StepOptions: { members: { NextAttemptDelaySeconds: 'honoured' } },
  WaitOptions: { members: { WaitSeconds: 'honoured' } },
  CallbackOptions: {
    members: { TimeoutSeconds: 'honoured', HeartbeatTimeoutSeconds: 'honoured' },
  },
  ChainedInvokeOptions: { members: { FunctionName: 'honoured' } },
} as const;

const ARN = { DurableExecutionArn: 'honoured' } as const;

/** The request members of durable executions that are supported. Any other member is an error. */
export const DURABLE_MEMBERS = {
  CheckpointDurableExecution: {
    ...ARN,
    CheckpointToken: 'honoured',
    ClientToken: 'honoured',
    Updates: { members: UPDATE },
  },
  GetDurableExecutionState: {
    ...ARN,
    CheckpointToken: inQuery('CheckpointToken'),
    Marker: inQuery('Marker'),
    MaxItems: inQuery('MaxItems'),
  },
  GetDurableExecution: { ...ARN, IncludeExecutionData: inQuery('IncludeExecutionData') },
  GetDurableExecutionHistory: {
    ...ARN,
    MaxItems: inQuery('MaxItems'),
    Marker: inQuery('Marker'),
    ReverseOrder: inQuery('ReverseOrder'),
    IncludeExecutionData: inQuery('IncludeExecutionData'),
  },
  ListDurableExecutionsByFunction: {
    FunctionName: 'honoured',
    Qualifier: inQuery('Qualifier'),
    DurableExecutionName: inQuery('DurableExecutionName'),
    Statuses: inQuery('Statuses'),
    Marker: inQuery('Marker'),
    MaxItems: inQuery('MaxItems'),
  },
  StopDurableExecution: { ...ARN, Error: { members: ERROR } },
  SendDurableExecutionCallbackSuccess: { CallbackId: 'honoured', Result: 'honoured' },
  SendDurableExecutionCallbackFailure: { CallbackId: 'honoured', Error: { members: ERROR } },
  SendDurableExecutionCallbackHeartbeat: { CallbackId: 'honoured' },
} as const satisfies RestMemberTable;

export type DurableOperation = keyof typeof DURABLE_MEMBERS;
