import type { IncomingMessage, ServerResponse } from 'node:http';
import { invokeFunction } from '../iam/index.ts';
import { AwsError, type Invocation, type Kernel } from '../kernel.ts';
import { functionAnswer } from './function-answer.ts';
import { readBody } from './listener.ts';
import { payloadV2 } from './payload-v2.ts';
import { matchRoute, type Route } from './routes.ts';
import { sendAnswer, sendMessage } from './send.ts';
import { type ThrottleSettings, throttle } from './throttle.ts';

/** Quotas of HTTP APIs (API Gateway Developer Guide, "Quotas for HTTP APIs"). */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_INTEGRATION_MS = 30_000;

/** AWS's default throttle for all APIs of an account. */
const ACCOUNT_THROTTLE: ThrottleSettings = { ratePerSecond: 10_000, burst: 5000 };

/**
 * Returns the path that a function receives: decoded, and cut at the first decoded `?`. Undefined
 * for a malformed path.
 */
export function decodedPath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split('?', 1)[0] ?? '/');
    return path.split('?', 1)[0];
  } catch {
    return undefined;
  }
}

function withTimeout(invocation: Promise<Invocation>, ms: number): Promise<Invocation | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), ms);
    invocation.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** One HTTP API: routes, integrations, throttling, and the gateway's own error responses. */
export class HttpApi {
  readonly id: string;
  readonly integrations = new Map<string, { functionName: string; timeoutMs: number }>();
  /** Integration ids by route key. */
  readonly routes = new Map<string, string>();
  readonly #kernel: Kernel;
  #isAllowed = throttle(ACCOUNT_THROTTLE);
  #hasStage = false;

  constructor(id: string, kernel: Kernel) {
    this.id = id;
    this.#kernel = kernel;
  }

  /** Opens the stage `$default`. Requests get 404 without it. */
  openStage(settings: Partial<ThrottleSettings>): void {
    this.#hasStage = true;
    this.#isAllowed = throttle({ ...ACCOUNT_THROTTLE, ...settings });
  }

  closeStage(): void {
    this.#hasStage = false;
  }

  #routes(): Route[] {
    return [...this.routes].flatMap(([routeKey, integrationId]) => {
      const integration = this.integrations.get(integrationId);
      return integration ? [{ routeKey, functionName: integration.functionName }] : [];
    });
  }

  /** @throws AwsError when no permission of the function admits this route of the API */
  #requirePermission({ functionName, routeKey }: Route, method: string): void {
    const path = routeKey === '$default' ? routeKey : routeKey.slice(routeKey.indexOf('/'));
    const { permissions } = this.#kernel;
    const resource = `${this.id}/$default/${method}/${path.replace(/^\//, '')}`;
    const sourceArn = this.#kernel.arn('execute-api', resource);
    const functionArn = this.#kernel.arn('lambda', `function:${functionName}`);
    permissions.service('apigateway.amazonaws.com', sourceArn).require(invokeFunction(functionArn));
  }

  /** Answers one request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sendError = (status: number, message: string): void =>
      sendMessage(request, response, status, { message });
    try {
      if (!this.#isAllowed(Date.now())) return sendError(429, 'Too Many Requests');
      const rawPath = decodedPath(request.url ?? '/');
      if (rawPath === undefined) return sendError(400, 'Bad Request');
      const route = matchRoute(this.#routes(), request.method ?? 'GET', rawPath);
      const body = await readBody(request, MAX_BODY_BYTES);
      if (!this.#hasStage || !route) return sendError(404, 'Not Found');
      if (!body) return sendError(413, 'Request Entity Too Large');
      const event = payloadV2(request, body, {
        ...route,
        rawPath,
        apiId: this.id,
        accountId: this.#kernel.accountId,
        domainName: request.headers.host ?? '',
      });
      response.setHeader('apigw-requestid', event.requestContext.requestId);
      this.#requirePermission(route, request.method ?? 'GET');
      const timeoutMs = this.integrations.get(this.routes.get(route.routeKey) ?? '')?.timeoutMs;
      const payload = Buffer.from(JSON.stringify(event));
      const invocation = await withTimeout(
        this.#kernel.services.lambda.invoke(route.functionName, payload),
        timeoutMs ?? MAX_INTEGRATION_MS,
      );
      if (invocation === 'late') return sendError(503, 'Service Unavailable');
      const answer = invocation.functionError ? undefined : functionAnswer(invocation.payload);
      if (!answer) return sendError(500, 'Internal Server Error');
      sendAnswer(request, response, answer);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const code = error instanceof AwsError ? error.status : 500;
      if (code === 413) sendError(413, 'Request Entity Too Large');
      else if (code === 429) sendError(503, 'Service Unavailable');
      else sendError(500, 'Internal Server Error');
    }
  }
}
