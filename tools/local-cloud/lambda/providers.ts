import { randomUUID } from 'node:crypto';
import { pollQueue, readStream } from '../iam/index.ts';
import { AwsError, type ResourceProvider } from '../kernel.ts';
import { FUNCTION_PROPERTIES, readFunction } from './function-definition.ts';
import { type FunctionUrl, openFunctionUrl, urlFunctionArn } from './function-url.ts';
import type { Functions } from './functions.ts';
import {
  eventSource,
  MAPPING_PROPERTIES,
  readSqsMapping,
  readStreamMapping,
} from './mapping-settings.ts';
import { type SqsMapping, SqsPoller } from './sqs-mapping.ts';
import { type StreamMapping, StreamReader } from './stream-mapping.ts';
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

function mappingProvider(functions: Functions): ResourceProvider {
  return {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: MAPPING_PROPERTIES,
    async create(context) {
      const settings =
        eventSource(context) === 'sqs'
          ? readSqsMapping(context, functions)
          : readStreamMapping(context, functions);
      requireSource(settings);
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

/**
 * Checks the role of the function when its mapping is created, as Lambda does.
 * @throws AwsError InvalidParameterValueException
 */
function requireSource(settings: SqsMapping | StreamMapping): void {
  if ('queueArn' in settings) {
    const { session, queueArn } = settings;
    const denied = pollQueue(queueArn).find((needed) => !session.may([needed]));
    if (denied === undefined) return;
    const action = denied.action.slice(denied.action.indexOf(':') + 1);
    const text = `The provided execution role does not have permissions to call ${action} on SQS`;
    throw new AwsError('InvalidParameterValueException', text);
  }
  try {
    settings.session.require(readStream(settings.streamArn));
  } catch (cause) {
    const actions = 'GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions';
    throw new AwsError(
      'InvalidParameterValueException',
      `Cannot access stream ${settings.streamArn}. Please ensure the role can perform the ${actions} on your stream in IAM. ${String(cause)}`,
    );
  }
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
      const url: FunctionUrl = {
        functionName: definition.name,
        authType: AuthType,
        ...(qualifier === null ? {} : { alias: qualifier }),
      };
      const listener = await openFunctionUrl(url, kernel);
      const FunctionArn = urlFunctionArn(url, kernel);
      return {
        physicalId: FunctionArn,
        attributes: { FunctionArn, FunctionUrl: `http://${listener.host}/` },
        stop: (graceMs) => listener.close(graceMs),
      };
    },
  };
}

/** Returns the providers of Lambda's CloudFormation types. */
export function lambdaProviders(functions: Functions): ResourceProvider[] {
  return [
    functionProvider(functions),
    mappingProvider(functions),
    urlProvider(functions),
    ...versionProviders(functions),
  ];
}
