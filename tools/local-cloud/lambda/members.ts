import { DURABLE_MEMBERS } from '../durable/index.ts';
import { inHeader, inQuery, type RestMemberTable } from '../endpoint/index.ts';

const PAGE = { Marker: inQuery('Marker'), MaxItems: inQuery('MaxItems') } as const;
const FUNCTION = { FunctionName: 'honoured', Qualifier: inQuery('Qualifier') } as const;

/** The request members that the local Lambda supports. Any other member is an error. */
export const LAMBDA_MEMBERS = {
  Invoke: {
    ...FUNCTION,
    InvocationType: inHeader('x-amz-invocation-type'),
    LogType: inHeader('x-amz-log-type'),
    DurableExecutionName: inHeader('x-amz-durable-execution-name'),
    Payload: 'honoured',
  },
  ListFunctions: { FunctionVersion: inQuery('FunctionVersion'), ...PAGE },
  GetFunction: FUNCTION,
  GetFunctionConfiguration: FUNCTION,
  ListEventSourceMappings: {
    EventSourceArn: inQuery('EventSourceArn'),
    FunctionName: inQuery('FunctionName'),
    ...PAGE,
  },
  GetEventSourceMapping: { UUID: 'honoured' },
  ...DURABLE_MEMBERS,
} as const satisfies RestMemberTable;

export type LambdaOperation = keyof typeof LAMBDA_MEMBERS;
