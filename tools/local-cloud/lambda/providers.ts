import { randomUUID } from 'node:crypto';
import type { ResourceProvider } from '../kernel.ts';
import { FUNCTION_PROPERTIES, readFunction } from './function-definition.ts';
import { openFunctionUrl } from './function-url.ts';
import type { Functions } from './functions.ts';
import {
  eventSource,
  MAPPING_PROPERTIES,
  readSqsMapping,
  readStreamMapping,
} from './mapping-settings.ts';
import { SqsPoller } from './sqs-mapping.ts';
import { StreamReader } from './stream-mapping.ts';
import { versionProviders } from './version-providers.ts';

function functionProvider(functions: Functions): ResourceProvider {
  return {
    type: 'AWS::Lambda::Function',
    properties: FUNCTION_PROPERTIES,
    async create(context) {
      const { name, arn } = functions.add(readFunction(context)).definition;
      return {
        physicalId: name,
        attributes: { Arn: arn },
        stop: (graceMs) => functions.remove(name, graceMs),
      };
    },
  };
}

const NOT_ENFORCED = { ignored: 'IAM is not enforced' };

const permissionProvider: ResourceProvider = {
  type: 'AWS::Lambda::Permission',
  properties: {
    Action: NOT_ENFORCED,
    FunctionName: NOT_ENFORCED,
    Principal: NOT_ENFORCED,
    SourceArn: NOT_ENFORCED,
    SourceAccount: NOT_ENFORCED,
    FunctionUrlAuthType: NOT_ENFORCED,
    InvokedViaFunctionUrl: NOT_ENFORCED,
    EventSourceToken: NOT_ENFORCED,
    PrincipalOrgID: NOT_ENFORCED,
  },
  create: async ({ logicalId }) => ({ physicalId: logicalId, attributes: { Id: logicalId } }),
};

function mappingProvider(functions: Functions): ResourceProvider {
  return {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: MAPPING_PROPERTIES,
    async create(context) {
      const settings =
        eventSource(context) === 'sqs'
          ? readSqsMapping(context, functions)
          : readStreamMapping(context, functions);
      const reader =
        'queueArn' in settings
          ? new SqsPoller(settings, context.kernel)
          : new StreamReader(settings, context.kernel);
      const id = randomUUID();
      const arn = context.kernel.arn('lambda', `event-source-mapping:${id}`);
      const { properties } = context;
      const enabled = properties.Enabled !== false;
      const { functionArn, batchSize } = settings;
      const createdAt = new Date();
      functions.addMapping({ id, arn, functionArn, batchSize, enabled, createdAt, properties });
      return {
        physicalId: id,
        attributes: { Id: id, EventSourceMappingArn: arn },
        async start() {
          if (enabled) reader.start();
        },
        stop: (graceMs) => reader.stop(graceMs),
      };
    },
  };
}

function urlProvider(functions: Functions): ResourceProvider {
  return {
    type: 'AWS::Lambda::Url',
    properties: {
      TargetFunctionArn: 'honoured',
      AuthType: 'honoured',
      InvokeMode: 'honoured',
      Qualifier: 'honoured',
      Cors: { ignored: 'the function answers CORS itself' },
    },
    async create({ stack, logicalId, properties, kernel }) {
      const { AuthType, InvokeMode = 'BUFFERED' } = properties;
      if (InvokeMode !== 'BUFFERED' || (AuthType !== 'NONE' && AuthType !== 'AWS_IAM')) {
        throw new Error(
          `${stack}/${logicalId}: only BUFFERED URLs with AuthType NONE or AWS_IAM are supported`,
        );
      }
      const qualifier = properties.Qualifier === undefined ? null : String(properties.Qualifier);
      const { definition } = functions.named(String(properties.TargetFunctionArn), qualifier);
      const functionName = definition.name;
      const listener = await openFunctionUrl({ functionName, authType: AuthType }, kernel);
      return {
        physicalId: definition.arn,
        attributes: { FunctionArn: definition.arn, FunctionUrl: `http://${listener.host}/` },
        stop: (graceMs) => listener.close(graceMs),
      };
    },
  };
}

/** Returns the providers of Lambda's CloudFormation types. */
export function lambdaProviders(functions: Functions): ResourceProvider[] {
  return [
    functionProvider(functions),
    permissionProvider,
    mappingProvider(functions),
    urlProvider(functions),
    ...versionProviders(functions),
  ];
}
