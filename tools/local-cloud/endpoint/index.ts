export { DetailedAwsError, errorResponse, escapeXml, type Protocol } from './errors.ts';
export { type JsonOperation, jsonService, wrapped } from './json-service.ts';
export {
  parseQueryRequest,
  type QueryInput,
  type QueryOperation,
  queryResponse,
  queryService,
  queryUnsupported,
  unknownAction,
  xmlMembers,
} from './query-service.ts';
export {
  honoured,
  type MemberSupport,
  type MemberTable,
  type RequestMembers,
  rejectUndeclared,
} from './request-members.ts';
export {
  type BoundMember,
  inHeader,
  inQuery,
  type RestMembers,
  type RestMemberTable,
  rejectUndeclaredRest,
} from './rest-members.ts';
export { type Endpoint, type EndpointOptions, type ServiceFault, startEndpoint } from './server.ts';
