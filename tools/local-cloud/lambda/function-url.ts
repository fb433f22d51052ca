import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { functionAnswer } from '../http-api/function-answer.ts';
import { type Listener, listen, readBody } from '../http-api/listener.ts';
import { payloadV2 } from '../http-api/payload-v2.ts';
import { sendAnswer, sendMessage } from '../http-api/send.ts';
import { callFunctionUrl, functionUrlForbidden } from '../iam/index.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import type { Actor } from '../permissions/index.ts';
import { ORIGIN_ACCESS_HEADER, signerOf } from './origin-access.ts';

/** Largest request body of a function URL: the limit of a synchronous invocation. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

export interface FunctionUrl {
  readonly functionName: string;
  /** The alias that the URL belongs to. Absent for the URL of the function itself. */
  readonly alias?: string;
  readonly authType: 'NONE' | 'AWS_IAM';
}

/** The ARN that a permission for the URL must name. */
export function urlFunctionArn({ functionName, alias }: FunctionUrl, kernel: Kernel): string {
  const qualified = alias === undefined ? functionName : `${functionName}:${alias}`;
  return kernel.arn('lambda', `function:${qualified}`);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  url: FunctionUrl,
  kernel: Kernel,
): Promise<void> {
  const allowed = mayInvoke(url, request, kernel);
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!allowed) return sendAnswer(request, response, functionUrlForbidden());
  if (!body) return sendMessage(request, response, 413, { Message: 'Request Entity Too Large' });
  delete request.headersDistinct[ORIGIN_ACCESS_HEADER];
  const event = payloadV2(request, body, {
    routeKey: '$default',
    rawPath: (request.url ?? '/').split('?', 1)[0] ?? '/',
    apiId: createHash('sha256').update(url.functionName).digest('hex').slice(0, 32),
    accountId: 'anonymous',
    domainName: request.headers.host ?? '',
  });
  const invocation = await kernel.services.lambda.invoke(
    url.functionName,
    Buffer.from(JSON.stringify(event)),
  );
  const result = invocation.functionError ? undefined : functionAnswer(invocation.payload);
  response.setHeader('x-amzn-requestid', event.requestContext.requestId);
  if (result) return sendAnswer(request, response, result);
  const headers = { 'content-type': 'text/plain' };
  sendAnswer(request, response, {
    status: 502,
    headers,
    body: Buffer.from('Internal Server Error'),
  });
}

/**
 * Whether the function's permissions admit the caller to its URL. The permissions of an alias admit to its URL only, and those of
 * the function only to the function's own.
 * https://docs.aws.amazon.com/lambda/latest/dg/using-aliases.html
 */
function mayInvoke(url: FunctionUrl, { headers }: IncomingMessage, kernel: Kernel): boolean {
  const { authType } = url;
  const caller = callerOf(authType, headers[ORIGIN_ACCESS_HEADER], kernel);
  return caller?.may(callFunctionUrl(urlFunctionArn(url, kernel), authType)) ?? false;
}

/** A URL with `AWS_IAM` knows only the CDN's signature. Others are rejected. */
function callerOf(
  authType: FunctionUrl['authType'],
  signature: unknown,
  { permissions }: Kernel,
): Actor | undefined {
  if (authType === 'NONE') return permissions.anonymous;
  const distributionArn = signerOf(signature);
  if (distributionArn === undefined) return undefined;
  return permissions.service('cloudfront.amazonaws.com', distributionArn);
}

/** Opens a function URL on its own port. */
export function openFunctionUrl(url: FunctionUrl, kernel: Kernel): Promise<Listener> {
  return listen(0, (request, response) => {
    answer(request, response, url, kernel).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return response.destroy();
      const status = error instanceof AwsError ? error.status : 500;
      const Message = error instanceof AwsError ? error.message : 'Internal Server Error';
      return sendMessage(request, response, status, { Message });
    });
  });
}
