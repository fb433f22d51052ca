import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { payload } from '../measure/payload.ts';

type Handler = (
  event: APIGatewayProxyEventV2,
  parameters: Record<string, string>,
) => Promise<{ statusCode: number; body: unknown }>;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handler: Handler;
}

const notFound = { statusCode: 404, body: { code: 'route-not-found' } };

/** The same number of routes as the catalog has, with the measured one in the middle. */
const routes: readonly Route[] = [
  { method: 'GET', path: /^\/catalog\/health\/(?:live|ready)$/, handler: async () => notFound },
  { method: 'GET', path: /^\/catalog\/categories$/, handler: async () => notFound },
  { method: 'GET', path: /^\/catalog\/products$/, handler: async () => notFound },
  {
    method: 'GET',
    path: /^\/catalog\/measured$/,
    handler: async () => ({ statusCode: 200, body: payload }),
  },
  { method: 'GET', path: /^\/catalog\/products\/(?<id>[^/]+)$/, handler: async () => notFound },
  { method: 'POST', path: /^\/catalog\/products$/, handler: async () => notFound },
  {
    method: 'POST',
    path: /^\/catalog\/products\/(?<id>[^/]+)\/stock$/,
    handler: async () => notFound,
  },
];

/**
 * A router as one would write it without a framework: match, call, stringify.
 * @param headers sent with every answer
 */
export function handWrittenRouter(headers: Readonly<Record<string, string>>) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { method } = event.requestContext.http;
    let answer = notFound as { statusCode: number; body: unknown };
    for (const route of routes) {
      if (route.method !== method) continue;
      const match = route.path.exec(event.rawPath);
      if (!match) continue;
      answer = await route.handler(event, match.groups ?? {});
      break;
    }
    const body = JSON.stringify(answer.body);
    return {
      isBase64Encoded: false,
      statusCode: answer.statusCode,
      headers: {
        ...headers,
        'content-length': String(Buffer.byteLength(body)),
        'x-request-id': event.headers['x-request-id'] ?? randomBytes(8).toString('hex'),
      },
      cookies: [],
      body,
    };
  };
}
