import type { ResourceProvider } from '../kernel.ts';
import { openEndpoint } from './endpoint.ts';
import { REVISION_PROPERTIES, readRevision, within } from './revision.ts';
import type { WebFunctions } from './web-functions.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}[A-Za-z0-9]$/;
const AUTH_TYPES = ['ApplicationManaged', 'IamAuth'] as const;

function functionProvider(functions: WebFunctions): ResourceProvider {
  return {
    type: 'AWS::Lambda::WebFunction',
    properties: {
      FunctionName: 'honoured',
      Tags: { ignored: 'nothing is billed here' },
    },
    async create({ stack, logicalId, properties }) {
      const name = String(properties.FunctionName);
      if (!NAME.test(name)) {
        throw new Error(`${stack}/${logicalId}: FunctionName ${name} must match ${NAME.source}`);
      }
      const arn = functions.add(name);
      return {
        // `Ref` is the ARN.
        physicalId: arn,
        attributes: { FunctionArn: arn, State: 'Active' },
        stop: async () => functions.remove(name),
      };
    },
  };
}

function revisionProvider(functions: WebFunctions): ResourceProvider {
  return {
    type: 'AWS::Lambda::WebFunctionRevision',
    properties: REVISION_PROPERTIES,
    async create(context) {
      const owner = functions.find(String(context.properties.FunctionName));
      const revision = readRevision(context, owner.name);
      functions.addRevision(revision);
      const RevisionArn = `${owner.arn}/revision/${revision.id}`;
      return {
        physicalId: RevisionArn,
        attributes: {
          ...{ RevisionArn, RevisionId: revision.id, FunctionArn: owner.arn },
          // Active does not mean that the code starts: nothing has started it.
          State: 'Active',
        },
        stop: () => functions.removeRevision(revision),
      };
    },
  };
}

interface EndpointProperties {
  FunctionName?: string;
  EndpointName?: string;
  EndpointType?: string;
  AuthType?: (typeof AUTH_TYPES)[number];
  RevisionWeights?: { RevisionId?: string; Weight?: number }[];
  ScalingConfig?: { MaxEnvironments?: number };
  ThrottleConfig?: { RateLimit?: number };
}

function endpointProvider(functions: WebFunctions): ResourceProvider {
  return {
    type: 'AWS::Lambda::WebFunctionEndpoint',
    properties: {
      FunctionName: 'honoured',
      EndpointName: 'honoured',
      EndpointType: 'honoured',
      AuthType: 'honoured',
      RevisionWeights: 'honoured',
      ScalingConfig: 'honoured',
      ThrottleConfig: 'honoured',
      Description: { ignored: 'documentation only' },
    },
    async create({ stack, logicalId, properties, kernel }) {
      const where = `${stack}/${logicalId}`;
      const settings = properties as EndpointProperties;
      const { EndpointName: name = '', EndpointType: type, AuthType: authType } = settings;
      if (type !== 'HomeRegion') throw new Error(`${where}: EndpointType ${type} is not supported`);
      if (!authType || !AUTH_TYPES.includes(authType)) {
        throw new Error(`${where}: AuthType must be one of ${AUTH_TYPES.join(', ')}`);
      }
      const owner = functions.find(String(settings.FunctionName));
      const { MaxEnvironments: most } = settings.ScalingConfig ?? {};
      if (most !== undefined) {
        owner.maxEnvironments = within(most, [2, 10_000], `${where}: MaxEnvironments`);
      }
      const { RateLimit: rate } = settings.ThrottleConfig ?? {};
      const arn = `${owner.arn}/endpoint/${name}`;
      const endpoint = await openEndpoint(
        {
          ...{ name, arn, authType },
          revisions: weighted(settings, owner.revisions, where),
          ...(rate === undefined ? {} : { rateLimit: readRate(Number(rate), where) }),
        },
        kernel,
      );
      return {
        physicalId: arn,
        attributes: {
          ...{ EndpointArn: arn, DomainName: endpoint.domain },
          ...{ State: 'Active', UpdateStatus: 'Successful' },
        },
        stop: (graceMs) => endpoint.close(graceMs),
      };
    },
  };
}

/** @throws Error unless one or two revisions of the function have weights that add up to 100 */
function weighted<Pool>(
  { RevisionWeights: given = [] }: EndpointProperties,
  revisions: ReadonlyMap<string, Pool>,
  where: string,
): { pool: Pool; weight: number }[] {
  const found = given.map(({ RevisionId, Weight }) => {
    const pool = revisions.get(String(RevisionId));
    if (!pool) throw new Error(`${where}: the function has no revision ${RevisionId}`);
    return { pool, weight: within(Weight, [1, 100], `${where}: Weight`) };
  });
  const sum = found.reduce((all, { weight }) => all + weight, 0);
  if (found.length < 1 || found.length > 2 || sum !== 100) {
    throw new Error(`${where}: one or two revisions must have weights that add up to 100`);
  }
  return found;
}

/** @throws Error for a rate that AWS does not accept */
function readRate(rate: number, where: string): number {
  const isHundreds = rate >= 100 && rate <= 1_000 && rate % 100 === 0;
  const isThousands = rate >= 2_000 && rate <= 10_000 && rate % 1_000 === 0;
  if (rate === 0 || isHundreds || isThousands) return rate;
  throw new Error(
    `${where}: RateLimit must be 0, 100 to 1000 in hundreds, or 2000 to 10000 in thousands, not ${rate}`,
  );
}

/** Returns the providers of the CloudFormation types of web functions. */
export function webFunctionProviders(functions: WebFunctions): ResourceProvider[] {
  return [functionProvider(functions), revisionProvider(functions), endpointProvider(functions)];
}
