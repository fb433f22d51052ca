import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionAnswer } from '../http-api/function-answer.ts';
import { readBody } from '../http-api/listener.ts';
import { sendAnswer } from '../http-api/send.ts';
import { invokeFunction } from '../iam/index.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import type { RestApi, Snapshot } from './api.ts';
import { type GatewayResponseType, gatewayAnswer } from './gateway-responses.ts';
import type { FunctionIntegration } from './integration.ts';
import { isBinary } from './media-types.ts';
import { payloadV1 } from './payload-v1.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { match } from './routes.ts';

/** Largest request body ("Quotas for configuring and running a REST API"). */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

type Outcome = FunctionAnswer | GatewayResponseType;

/** Answers one request. Never rejects. */
export async function serve(
  kernel: Kernel,
  api: RestApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { stage, path, query } = address(request.url ?? '/');
  const served = api.stages.get(stage);
  const snapshot = served && api.deployments.get(served.deploymentId);
  const answer = (outcome: Outcome) => {
    response.setHeader('x-amzn-requestid', randomUUID());
    if (typeof outcome !== 'string') return sendAnswer(request, response, outcome);
    const { status, errorType, body } = gatewayAnswer(outcome, snapshot?.responses);
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': errorType };
    sendAnswer(request, response, { status, headers, body: Buffer.from(body) });
  };
  try {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (!served || !snapshot) return answer('UNKNOWN_STAGE');
    if (!served.isAllowed(Date.now())) return answer('THROTTLED');
    if (!body) return answer('REQUEST_TOO_LARGE');
    answer(await integrate({ kernel, api, snapshot, request, body, stage, path, query }));
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const tooLarge = error instanceof AwsError && error.status === 413;
    answer(tooLarge ? 'REQUEST_TOO_LARGE' : 'INTEGRATION_FAILURE');
  }
}

/** Splits a URL into raw stage (the first segment), path and query. */
function address(url: string) {
  const [rawPath = '', ...rest] = url.split('?');
  const [, stage = '', path = ''] = /^\/([^/]*)(.*)$/s.exec(rawPath) ?? [];
  return { stage, path: path || '/', query: rest.join('?') };
}

interface Incoming {
  readonly kernel: Kernel;
  readonly api: RestApi;
  readonly snapshot: Snapshot;
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly stage: string;
  readonly path: string;
  readonly query: string;
}

async function integrate(incoming: Incoming): Promise<Outcome> {
  const { kernel, api, snapshot, request, body, ...address } = incoming;
  const found = match(snapshot.resources, request.method ?? 'GET', address.path);
  if (!found) return 'MISSING_AUTHENTICATION_TOKEN';
  const { integration, resource, pathParameters } = found;
  if (integration.kind === 'mock') {
    const headers = { 'content-type': 'application/json' };
    return { status: integration.status, headers, body: Buffer.from(integration.body) };
  }
  const event = payloadV1(request, body, {
    ...address,
    pathParameters,
    resourceId: resource.id,
    resourcePath: resource.path,
    apiId: api.id,
    accountId: kernel.accountId,
    binaryMediaTypes: api.binaryMediaTypes,
  });
  const wantsBytes = isBinary(api.binaryMediaTypes, request.headers.accept);
  const sourcePath = `${api.id}/${address.stage}/${request.method}${resource.path}`;
  const { permissions } = kernel;
  const mayInvoke = permissions
    .service('apigateway.amazonaws.com', kernel.arn('execute-api', sourcePath))
    .may(invokeFunction(kernel.arn('lambda', `function:${integration.functionName}`)));
  if (!mayInvoke) return 'DEFAULT_5XX';
  return invoke(kernel, integration, Buffer.from(JSON.stringify(event)), wantsBytes);
}

async function invoke(
  kernel: Kernel,
  { functionName, timeoutMs }: FunctionIntegration,
  payload: Buffer,
  wantsBytes: boolean,
): Promise<Outcome> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), timeoutMs);
  try {
    const invocation = await Promise.race([
      kernel.services.lambda.invoke(functionName, payload),
      late,
    ]);
    if (invocation === 'late') return 'INTEGRATION_TIMEOUT';
    if (invocation.functionError) return 'DEFAULT_5XX';
    return proxyAnswer(invocation.payload, wantsBytes) ?? 'DEFAULT_5XX';
  } finally {
    clearTimeout(timer);
  }
}
