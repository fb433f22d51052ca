import { randomUUID } from 'node:crypto';
import { answerDurable, DURABLE_ROUTES, type DurableOperation } from '../durable/index.ts';
import { rejectUndeclaredRest } from '../endpoint/index.ts';
import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';
import type { asyncInvocations } from './async-invocations.ts';
import {
  configuration,
  getFunction,
  listFunctions,
  listMappings,
  mappingConfiguration,
} from './describe-functions.ts';
import type { Functions } from './functions.ts';
import { invoke } from './invoke.ts';
import { LAMBDA_MEMBERS, type LambdaOperation } from './members.ts';

/** Each operation by method and path. The group of the path is a function name or a mapping's id. */
const ROUTES: readonly (readonly [string, RegExp, LambdaOperation])[] = [
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, 'Invoke'],
  ['GET', /^\/2015-03-31\/functions\/?$/, 'ListFunctions'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)$/, 'GetFunction'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /^\/2015-03-31\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['GET', /^\/2015-03-31\/event-source-mappings\/([^/]+)$/, 'GetEventSourceMapping'],
  ...DURABLE_ROUTES,
];

/** Handles Lambda's REST protocol on the shared endpoint. */
export function lambdaWire(
  functions: Functions,
  background: ReturnType<typeof asyncInvocations>,
): WireService {
  return {
    name: 'lambda',
    calls: ROUTES.map(([, , operation]) => operation),
    async handle(request) {
      const requestId = randomUUID();
      try {
        const response = await run(request, functions, background);
        return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return {
          status: error.status,
          headers: {
            'content-type': 'application/json',
            'x-amzn-errortype': error.code,
            'x-amzn-requestid': requestId,
          },
          body: JSON.stringify({ Type: 'User', Message: error.message, message: error.message }),
        };
      }
    },
  };
}

async function run(
  request: WireRequest,
  functions: Functions,
  background: ReturnType<typeof asyncInvocations>,
): Promise<WireResponse> {
  for (const [method, path, operation] of ROUTES) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (!match) continue;
    rejectUndeclaredRest(request, LAMBDA_MEMBERS[operation], operation);
    const name = decodeURIComponent(match[1] ?? '');
    request.caller?.authorize('lambda', operation, inputOf(operation, name, request));
    if (operation === 'Invoke') return invoke(request, name, functions, background);
    const body = isDurable(operation)
      ? answerDurable({
          ...{ operation, id: name, request, executions: functions.durable },
          functionArn: (reference) => functions.named(reference, null).definition.arn,
        })
      : read(operation, name, request, functions);
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
  }
  const known = ROUTES.map(([, , operation]) => operation).join(', ');
  throw new AwsError(
    'UnknownOperationException',
    `The local cloud does not support ${request.method} ${request.path}; it supports ${known}`,
    404,
  );
}

function isDurable(operation: LambdaOperation): operation is DurableOperation {
  return DURABLE_ROUTES.some(([, , name]) => name === operation);
}

/** The members of a call that its permissions depend on. */
function inputOf(operation: LambdaOperation, name: string, { query }: WireRequest) {
  if (operation === 'GetEventSourceMapping') return { UUID: name };
  if (operation.startsWith('SendDurableExecutionCallback')) return { CallbackId: name };
  if (isDurable(operation) && operation !== 'ListDurableExecutionsByFunction') {
    return { DurableExecutionArn: name };
  }
  const FunctionName = name || query.get('FunctionName');
  const Qualifier = query.get('Qualifier');
  return {
    ...(FunctionName ? { FunctionName } : {}),
    ...(Qualifier === null ? {} : { Qualifier }),
  };
}

function read(
  operation: Exclude<LambdaOperation, 'Invoke' | DurableOperation>,
  name: string,
  request: WireRequest,
  functions: Functions,
): object {
  const { query } = request;
  const named = () => functions.named(name, query.get('Qualifier')).definition;
  switch (operation) {
    case 'ListFunctions':
      return listFunctions(functions, request);
    case 'GetFunction':
      return getFunction(named());
    case 'GetFunctionConfiguration':
      return configuration(named());
    case 'ListEventSourceMappings': {
      const wanted = query.get('FunctionName');
      const arn = wanted === null ? undefined : functions.named(wanted, null).definition.arn;
      return listMappings(functions.mappings(), arn, request);
    }
    case 'GetEventSourceMapping': {
      const mapping = functions.mappings().find(({ id }) => id === name);
      if (mapping) return mappingConfiguration(mapping);
      const text = 'The resource you requested does not exist.';
      throw new AwsError('ResourceNotFoundException', text, 404);
    }
  }
}
