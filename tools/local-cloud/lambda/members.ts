import type { BoundMember, RestMemberTable } from '../endpoint/index.ts';

const header = (name: string): BoundMember => ({ header: name, support: 'honoured' });
const query = (name: string): BoundMember => ({ query: name, support: 'honoured' });

const PAGE = { Marker: query('Marker'), MaxItems: query('MaxItems') } as const;
const FUNCTION = { FunctionName: 'honoured', Qualifier: query('Qualifier') } as const;

/** The request members that the local Lambda supports. Any other member is an error. */
export const LAMBDA_MEMBERS = {
  Invoke: {
    ...FUNCTION,
    InvocationType: header('x-amz-invocation-type'),
    LogType: header('x-amz-log-type'),
    Payload: 'honoured',
  },
  ListFunctions: { FunctionVersion: query('FunctionVersion'), ...PAGE },
  GetFunction: FUNCTION,
  GetFunctionConfiguration: FUNCTION,
  ListEventSourceMappings: {
    EventSourceArn: query('EventSourceArn'),
    FunctionName: query('FunctionName'),
    ...PAGE,
  },
  GetEventSourceMapping: { UUID: 'honoured' },
} as const satisfies RestMemberTable;

export type LambdaOperation = keyof typeof LAMBDA_MEMBERS;
