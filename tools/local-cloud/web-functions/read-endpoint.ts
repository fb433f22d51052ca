import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import type { PropertySupport, ResourceContext } from '../kernel.ts';
import { AUTH_TYPES, type EndpointDefinition, type RevisionWeight } from './definitions.ts';
import { checkName, nameIn } from './names.ts';
import { within } from './read-revision.ts';

const MAX_WEIGHTS = 2;
const ALL = 100;
const MAX_ENVIRONMENTS = 10_000;
const MAX_RATE = 10_000;

export const ENDPOINT_PROPERTIES: Readonly<Record<string, PropertySupport>> = {
  FunctionName: 'honoured',
  EndpointName: 'honoured',
  EndpointType: 'honoured',
  AuthType: 'honoured',
  Description: 'honoured',
  Regions: 'honoured',
  RevisionWeights: 'honoured',
  ScalingConfig: 'honoured',
  ThrottleConfig: 'honoured',
};

/**
 * Reads an `AWS::Lambda::WebFunctionEndpoint`.
 * @throws Error that names the resource and the unsupported or invalid property
 */
export function readEndpoint({
  stack,
  logicalId,
  kernel,
  properties,
}: ResourceContext): EndpointDefinition {
  const where = `${stack}/${logicalId}`;
  const { EndpointType, Regions = [kernel.region], Description } = properties;
  if (EndpointType !== 'HomeRegion') {
    throw new Error(`${where}: EndpointType ${EndpointType} is not supported: there is one Region`);
  }
  if (String(Regions) !== kernel.region) {
    throw new Error(`${where}: Regions ${Regions} are not supported, only ${kernel.region}`);
  }
  const authType = AUTH_TYPES.find((one) => one === properties.AuthType);
  if (!authType) throw new Error(`${where}: AuthType must be one of ${AUTH_TYPES.join(', ')}`);
  const scaling = (properties.ScalingConfig ?? {}) as { MaxEnvironments?: unknown };
  const throttling = (properties.ThrottleConfig ?? {}) as { RateLimit?: unknown };
  rejectUndeclared(scaling, honoured('MaxEnvironments'), `ScalingConfig of ${where}`);
  rejectUndeclared(throttling, honoured('RateLimit'), `ThrottleConfig of ${where}`);
  const { MaxEnvironments } = scaling;
  const { RateLimit } = throttling;
  return {
    name: checkName(properties.EndpointName, where),
    functionName: nameIn(String(properties.FunctionName), kernel),
    stack,
    ...(Description === undefined ? {} : { description: String(Description) }),
    createdAt: new Date(),
    authType,
    weights: weightsOf(properties.RevisionWeights, where),
    ...(MaxEnvironments === undefined
      ? {}
      : { maxEnvironments: within(MaxEnvironments, 2, MAX_ENVIRONMENTS, where) }),
    ...(RateLimit === undefined ? {} : { rateLimit: rateLimitOf(RateLimit, where) }),
  };
}

function weightsOf(value: unknown, where: string): RevisionWeight[] {
  const weights = ((value ?? []) as { RevisionId?: unknown; Weight?: unknown }[]).map((one) => {
    rejectUndeclared(one, honoured('RevisionId', 'Weight'), `RevisionWeights of ${where}`);
    return { revisionId: String(one.RevisionId), weight: within(one.Weight, 1, ALL, where) };
  });
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (weights.length >= 1 && weights.length <= MAX_WEIGHTS && sum === ALL) return weights;
  throw new Error(`${where}: one or two RevisionWeights must add up to ${ALL}`);
}

/** 0, hundreds up to 1,000, then thousands: the documentation of ThrottleConfig in the CloudFormation reference. */
function rateLimitOf(value: unknown, where: string): number {
  const rate = within(value, 0, MAX_RATE, where);
  if (rate % (rate <= 1000 ? 100 : 1000) === 0) return rate;
  throw new Error(
    `${where}: RateLimit must be 0, a hundred up to 1000 or a thousand up to 10000, not ${rate}`,
  );
}
