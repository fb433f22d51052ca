import type { IncomingMessage } from 'node:http';

/** A condition of a listener rule in a template. */
export interface RuleCondition {
  readonly Field?: string;
  readonly Values?: readonly string[];
  readonly PathPatternConfig?: { readonly Values?: readonly string[] };
  readonly HostHeaderConfig?: { readonly Values?: readonly string[] };
  readonly HttpRequestMethodConfig?: { readonly Values?: readonly string[] };
  readonly HttpHeaderConfig?: {
    readonly HttpHeaderName?: string;
    readonly Values?: readonly string[];
  };
}

export type RequestMatcher = (request: IncomingMessage) => boolean;

/**
 * Compiles a wildcard pattern: `*` matches any characters, `?` exactly one.
 * @param flags of the regular expression, e.g. `i`
 */
export function wildcard(pattern: string, flags = ''): (text: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, `s${flags}`);
  return (text) => expression.test(text);
}

function anyOf(
  values: readonly string[] | undefined,
  flags: string,
  read: (request: IncomingMessage) => string,
): RequestMatcher {
  const matchers = (values ?? []).map((value) => wildcard(value, flags));
  return (request) => {
    const text = read(request);
    return matchers.some((matches) => matches(text));
  };
}

function condition(settings: RuleCondition): RequestMatcher {
  const { Field, Values } = settings;
  switch (Field) {
    case 'path-pattern':
      return anyOf(settings.PathPatternConfig?.Values ?? Values, '', ({ url }) => pathOf(url));
    case 'host-header':
      return anyOf(
        settings.HostHeaderConfig?.Values ?? Values,
        'i',
        ({ headers }) => (headers.host ?? '').split(':')[0] ?? '',
      );
    case 'http-request-method':
      return anyOf(settings.HttpRequestMethodConfig?.Values, '', ({ method }) => method ?? '');
    case 'http-header': {
      const name = (settings.HttpHeaderConfig?.HttpHeaderName ?? '').toLowerCase();
      return anyOf(settings.HttpHeaderConfig?.Values, 'i', ({ headers }) =>
        String(headers[name] ?? ''),
      );
    }
    default:
      throw new Error(`The condition ${Field} of a listener rule is not supported`);
  }
}

/** Returns the raw path without the query. */
function pathOf(url = '/'): string {
  return url.split('?', 1)[0] ?? '/';
}

/**
 * Returns a matcher that is true when a request meets all conditions.
 * @throws Error that names an unsupported condition
 */
export function ruleMatcher(conditions: readonly RuleCondition[]): RequestMatcher {
  const matchers = conditions.map(condition);
  return (request) => matchers.every((matches) => matches(request));
}
