export { DetailedAwsError, errorResponse, escapeXml, type Protocol } from './errors.ts';
export { type JsonOperation, jsonService, rejectUnknown } from './json-service.ts';
export { type Endpoint, type EndpointOptions, startEndpoint } from './server.ts';
