import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors/index.ts';

/** A path with routes. */
interface RoutedPath {
  /** Tests a path as it was sent, without its query. */
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Collects the paths of all routes that are added from now on, in every scope below `app`. */
export function collectPaths(app: FastifyInstance): Iterable<RoutedPath> {
  const paths = new Map<string, RoutedPath>();
  app.addHook('onRoute', ({ url, method }) => {
    // The CORS plugin's route for preflights.
    if (url.endsWith('*')) return;
    const path = paths.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const name of [method].flat()) path.methods.add(name);
    paths.set(url, path);
  });
  return { [Symbol.iterator]: () => paths.values() };
}

function patternOf(url: string): RegExp {
  const literal = url.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/:\w+/g, '[^/]+')}$`);
}

/**
 * Rejects requests that match no route, before their bodies are read. If the path has routes of other methods, the
 * response is 405 with `Allow` (RFC 9110, section 15.5.6), else 404.
 */
export function rejectUnroutedRequests(app: FastifyInstance, paths: Iterable<RoutedPath>): void {
  app.addHook('onRequest', (request, reply, done) => {
    done(request.is404 ? rejection(request, reply, paths) : undefined);
  });
  // Without it, Fastify would skip the hooks of this scope.
  app.setNotFoundHandler((request, reply) => {
    throw rejection(request, reply, paths);
  });
}

/** The error for an unrouted request. Sets `Allow` if it is 405. */
function rejection(request: FastifyRequest, reply: FastifyReply, paths: Iterable<RoutedPath>) {
  const allowed = allowedMethods(request, paths).join(', ');
  if (allowed === '') return new AppError('not-found', 'route-not-found', 'There is nothing here.');
  reply.header('allow', allowed);
  const detail = `${request.method} is not allowed here. Allowed: ${allowed}.`;
  return new AppError('method-not-allowed', 'method-not-allowed', detail);
}

/** The methods of the path of this request; none if the path is unknown. */
function allowedMethods(request: FastifyRequest, paths: Iterable<RoutedPath>): string[] {
  const [path = ''] = request.url.split(/[?#]/, 1);
  const methods = new Set<string>();
  for (const known of paths) {
    if (known.pattern.test(path)) for (const method of known.methods) methods.add(method);
  }
  // The router has rejected the path for another reason, for example its length.
  if (methods.size === 0 || methods.has(request.method)) return [];
  return [...methods, 'OPTIONS'].toSorted();
}
