import type { MemberTable } from '../endpoint/index.ts';

const PAGE = { nextToken: 'honoured', limit: 'honoured' } as const;
const TIMES = { startTime: 'honoured', endTime: 'honoured' } as const;
const GROUP = { logGroupName: 'honoured', logGroupIdentifier: 'honoured' } as const;

/** The request members that the local CloudWatch Logs supports. Any other member is an error. */
export const LOGS_MEMBERS = {
  DescribeLogGroups: {
    logGroupNamePrefix: 'honoured',
    logGroupNamePattern: 'honoured',
    ...PAGE,
  },
  DescribeLogStreams: {
    ...GROUP,
    logStreamNamePrefix: 'honoured',
    orderBy: 'honoured',
    descending: 'honoured',
    ...PAGE,
  },
  GetLogEvents: {
    ...GROUP,
    logStreamName: 'honoured',
    ...TIMES,
    startFromHead: 'honoured',
    ...PAGE,
  },
  FilterLogEvents: {
    ...GROUP,
    logStreamNames: 'honoured',
    logStreamNamePrefix: 'honoured',
    filterPattern: 'honoured',
    interleaved: { ignored: 'AWS always interleaves the events of several streams' },
    ...TIMES,
    ...PAGE,
  },
} as const satisfies MemberTable;
