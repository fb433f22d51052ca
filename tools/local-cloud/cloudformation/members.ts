import type { MemberTable } from '../endpoint/index.ts';

const PAGE_OF_STACK = { StackName: 'honoured', NextToken: 'honoured' } as const;

/** The request members that the local CloudFormation supports. Any other member is an error. */
export const CLOUDFORMATION_MEMBERS = {
  DescribeStacks: PAGE_OF_STACK,
  ListStacks: { NextToken: 'honoured', StackStatusFilter: 'honoured' },
  DescribeStackEvents: PAGE_OF_STACK,
  DescribeStackResource: { StackName: 'honoured', LogicalResourceId: 'honoured' },
  DescribeStackResources: {
    StackName: 'honoured',
    LogicalResourceId: 'honoured',
    PhysicalResourceId: 'honoured',
  },
  ListStackResources: PAGE_OF_STACK,
  ListExports: { NextToken: 'honoured' },
} as const satisfies MemberTable;
