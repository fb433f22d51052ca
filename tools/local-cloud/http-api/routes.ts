/** A route of an HTTP API, e.g. `ANY /auth/{proxy+}`, `GET /items/{id}` or `$default`. */
export interface Route {
  readonly routeKey: string;
  readonly functionName: string;
}

export interface MatchedRoute extends Route {
  readonly pathParameters?: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly match: MatchedRoute;
  /** Compared from left to right. Smaller is more specific. */
  readonly rank: readonly number[];
}

const LITERAL = 0;
const VARIABLE = 1;
const GREEDY = 2;
const DEFAULT = 3;

function segments(path: string): string[] {
  return path.split('/').slice(1);
}

function matchPath(
  template: readonly string[],
  path: readonly string[],
): { parameters: Record<string, string>; rank: number[] } | undefined {
  const parameters: Record<string, string> = {};
  const rank: number[] = [];
  for (const [index, part] of template.entries()) {
    const [, name, greedy] = /^\{([^+}]+)(\+?)\}$/.exec(part) ?? [];
    const actual = path[index];
    if (name && greedy) {
      const rest = path.slice(index).join('/');
      // `{proxy+}` needs at least one segment: `/auth/{proxy+}` does not match `/auth` or `/auth/`.
      if (rest === '') return undefined;
      parameters[name] = rest;
      return { parameters, rank: [...rank, GREEDY] };
    }
    if (actual === undefined || (!name && actual !== part)) return undefined;
    if (name) parameters[name] = actual;
    rank.push(name ? VARIABLE : LITERAL);
  }
  return template.length === path.length ? { parameters, rank } : undefined;
}

function candidate(route: Route, method: string, path: string): Candidate | undefined {
  if (route.routeKey === '$default') return { match: route, rank: [DEFAULT] };
  const [wanted = '', template = ''] = route.routeKey.split(' ');
  if (wanted !== 'ANY' && wanted !== method) return undefined;
  const found = matchPath(segments(template), segments(path));
  if (!found) return undefined;
  const hasParameters = Object.keys(found.parameters).length > 0;
  return {
    match: hasParameters ? { ...route, pathParameters: found.parameters } : route,
    rank: [...found.rank, wanted === 'ANY' ? 1 : 0],
  };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Returns the most specific route for a decoded path: full match, then greedy, then `$default`
 * (API Gateway Developer Guide, "Create routes for HTTP APIs").
 */
export function matchRoute(
  routes: Iterable<Route>,
  method: string,
  path: string,
): MatchedRoute | undefined {
  const found = [...routes].flatMap((route) => candidate(route, method, path) ?? []);
  return found.sort((a, b) => compare(a.rank, b.rank))[0]?.match;
}
