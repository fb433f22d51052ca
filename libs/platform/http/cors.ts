import type { FastifyInstance } from 'fastify';

const EXPOSED_HEADERS = ['allow', 'etag', 'location', 'retry-after', 'x-request-id'];
/** How long browsers cache a preflight response; Chromium allows no more. */
const MAX_AGE_SECONDS = 7_200;

/** Headers of every response: they let a page of any origin read it. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
} as const;

/**
 * Any origin may call, with any header: there are no cookies, and browsers do not send the Authorization header
 * automatically. Without a list of allowed headers, the plugin allows those that the preflight asks for.
 */
export async function allowAllOrigins(app: FastifyInstance): Promise<void> {
  const { default: cors } = await import('@fastify/cors');
  await app.register(cors, {
    origin: CORS_HEADERS['access-control-allow-origin'],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: MAX_AGE_SECONDS,
    strictPreflight: false,
  });
}
