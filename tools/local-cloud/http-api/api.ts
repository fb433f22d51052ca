import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, type Invocation, type Kernel } from '../kernel.ts';
import { functionAnswer } from './function-answer.ts';
import { readBody } from './listener.ts';
import { payloadV2 } from './payload-v2.ts';
import { matchRoute, type Route } from './routes.ts';
import { sendAnswer, sendMessage } from './send.ts';
import { type ThrottleSettings, throttle } from './throttle.ts';

/** Limits of HTTP APIs (API Gateway developer guide, "Quotas for HTTP APIs"). */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_INTEGRATION_MS = 30_000;

/** Requests per second and at once that an account's APIs may have. */
const ACCOUNT_THROTTLE: ThrottleSettings = { ratePerSecond: 10_000, burst: 5000 };

/**
 * The path as a function gets it: decoded, and cut at a `?` that was encoded; undefined when
 * malformed.
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

/** One HTTP API: its routes, integrations and what it answers by itself. */
export class HttpApi {
  readonly id: string;
  readonly integrations = new Map<string, { functionName: string; timeoutMs: number }>();
  /** Route key to integration id. */
  readonly routes = new Map<string, string>();
  readonly #kernel: Kernel;
  #mayPass = throttle(ACCOUNT_THROTTLE);
  #hasStage = false;

  constructor(id: string, kernel: Kernel) {
    this.id = id;
    this.#kernel = kernel;
  }

  /** Puts the API into service. */
  openStage(settings: Partial<ThrottleSettings>): void {
    this.#hasStage = true;
    this.#mayPass = throttle({ ...ACCOUNT_THROTTLE, ...settings });
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

  /** Answers one request; never throws. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number, message: string): void =>
      sendMessage(request, response, status, { message });
    try {
      if (!this.#mayPass(Date.now())) return refuse(429, 'Too Many Requests');
      const rawPath = decodedPath(request.url ?? '/');
      if (rawPath === undefined) return refuse(400, 'Bad Request');
      const route = matchRoute(this.#routes(), request.method ?? 'GET', rawPath);
      const body = await readBody(request, MAX_BODY_BYTES);
      if (!this.#hasStage || !route) return refuse(404, 'Not Found');
      if (!body) return refuse(413, 'Request Entity Too Large');
      const event = payloadV2(request, body, {
        ...route,
        rawPath,
        apiId: this.id,
        accountId: this.#kernel.accountId,
        domainName: request.headers.host ?? '',
      });
      response.setHeader('apigw-requestid', event.requestContext.requestId);
      const timeoutMs = this.integrations.get(this.routes.get(route.routeKey) ?? '')?.timeoutMs;
      const payload = Buffer.from(JSON.stringify(event));
      const invocation = await withTimeout(
        this.#kernel.services.lambda.invoke(route.functionName, payload),
        timeoutMs ?? MAX_INTEGRATION_MS,
      );
      if (invocation === 'late') return refuse(503, 'Service Unavailable');
      const answer = invocation.functionError ? undefined : functionAnswer(invocation.payload);
      if (!answer) return refuse(500, 'Internal Server Error');
      sendAnswer(request, response, answer);
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const code = error instanceof AwsError ? error.status : 500;
      if (code === 413) refuse(413, 'Request Entity Too Large');
      else if (code === 429) refuse(503, 'Service Unavailable');
      else refuse(500, 'Internal Server Error');
    }
  }
}
