import type { RestMemberTable } from '../endpoint/index.ts';

/** Without `filters`, whose names are not documented. */
const PAGE = { maxResults: 'honoured', nextToken: 'honoured' } as const;
const FUNCTION = { functionName: 'honoured' } as const;

/** The request members that the local control plane supports. Any other member is an error. */
export const WEB_FUNCTION_MEMBERS = {
  ListWebFunctions: PAGE,
  GetWebFunction: FUNCTION,
  ListWebFunctionRevisions: { ...FUNCTION, ...PAGE },
  GetWebFunctionRevision: { ...FUNCTION, revisionId: 'honoured' },
  ListWebFunctionEndpoints: { ...FUNCTION, ...PAGE },
  GetWebFunctionEndpoint: { ...FUNCTION, endpointName: 'honoured' },
} as const satisfies RestMemberTable;

export type WebFunctionOperation = keyof typeof WEB_FUNCTION_MEMBERS;
