import type { MemberTable } from '../endpoint/index.ts';

const PAGE = { NextToken: 'honoured', Limit: 'honoured' } as const;
const BUS = { EventBusName: 'honoured' } as const;

/** The request members that the local EventBridge supports. Any other member is an error. */
export const EVENTS_MEMBERS = {
  PutEvents: {
    Entries: {
      members: {
        Time: 'honoured',
        Source: 'honoured',
        Resources: 'honoured',
        DetailType: 'honoured',
        Detail: 'honoured',
        EventBusName: 'honoured',
        TraceHeader: { ignored: 'there is no X-Ray' },
      },
    },
  },
  ListRules: { NamePrefix: 'honoured', ...BUS, ...PAGE },
  DescribeRule: { Name: 'honoured', ...BUS },
  ListTargetsByRule: { Rule: 'honoured', ...BUS, ...PAGE },
  ListRuleNamesByTarget: { TargetArn: 'honoured', ...BUS, ...PAGE },
  ListEventBuses: { NamePrefix: 'honoured', ...PAGE },
  DescribeEventBus: { Name: 'honoured' },
  TestEventPattern: { EventPattern: 'honoured', Event: 'honoured' },
} as const satisfies MemberTable;
