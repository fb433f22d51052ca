import type { Kernel } from '../kernel.ts';
import type { RevisionDefinition, WebFunctionDefinition } from './definitions.ts';
import type { WebEndpoint } from './endpoint.ts';
import { endpointArn, functionArn, revisionArn } from './names.ts';
import type { WebFunctions } from './web-functions.ts';

const ACTIVE = { state: 'Active', stateReason: '' };

/** GetWebFunction. */
export function functionSummary({ name, createdAt }: WebFunctionDefinition, kernel: Kernel) {
  return {
    functionName: name,
    functionArn: functionArn(name, kernel),
    ...ACTIVE,
    createdAt: createdAt.toISOString(),
    updatedAt: createdAt.toISOString(),
  };
}

/** An item of ListWebFunctionRevisions. Active does not mean that the server ever started. */
export function revisionSummary(revision: RevisionDefinition, kernel: Kernel) {
  const { functionName, id, description, createdAt } = revision;
  return {
    revisionArn: revisionArn(functionName, id, kernel),
    revisionId: id,
    ...(description === undefined ? {} : { description }),
    ...ACTIVE,
    createdAt: createdAt.toISOString(),
  };
}

/** GetWebFunctionRevision. */
export function revisionDetails(revision: RevisionDefinition, kernel: Kernel) {
  return {
    functionArn: functionArn(revision.functionName, kernel),
    ...revisionSummary(revision, kernel),
    buildConfig: camelCased(revision.buildConfig),
    serviceConfig: camelCased(revision.serviceConfig),
  };
}

/** An item of ListWebFunctionEndpoints. */
export function endpointSummary(endpoint: WebEndpoint, functions: WebFunctions, kernel: Kernel) {
  const { definition } = endpoint.settings;
  const { description } = definition;
  return {
    endpointArn: endpointArn(definition.functionName, definition.name, kernel),
    endpointName: definition.name,
    ...(description === undefined ? {} : { description }),
    endpointType: 'HomeRegion',
    // CloudFormation knows only weights.
    autoDeploymentMode: 'Disabled',
    regions: [kernel.region],
    ...regional(endpoint, functions),
    createdAt: definition.createdAt.toISOString(),
    updatedAt: definition.createdAt.toISOString(),
  };
}

/** GetWebFunctionEndpoint. */
export function endpointDetails(endpoint: WebEndpoint, functions: WebFunctions, kernel: Kernel) {
  return {
    functionArn: functionArn(endpoint.settings.definition.functionName, kernel),
    ...endpointSummary(endpoint, functions, kernel),
    regionalEndpoints: { [kernel.region]: regional(endpoint, functions) },
  };
}

function regional(endpoint: WebEndpoint, functions: WebFunctions) {
  const { authType, maxEnvironments, rateLimit } = endpoint.settings.definition;
  return {
    domainName: endpoint.domain,
    authType,
    revisionWeights: functions.weights(endpoint),
    ...(maxEnvironments === undefined ? {} : { scalingConfig: { maxEnvironments } }),
    ...(rateLimit === undefined ? {} : { throttleConfig: { rateLimit } }),
    ...ACTIVE,
    updateStatus: 'Successful',
    updateStatusReason: '',
  };
}

/** Members of a template begin with a capital, those of the API do not. Names of variables stay as they are. */
function camelCased(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [
    name.slice(0, 1).toLowerCase() + name.slice(1),
    name === 'EnvironmentVariables' ? member : camelCased(member),
  ]);
  return Object.fromEntries(entries);
}
