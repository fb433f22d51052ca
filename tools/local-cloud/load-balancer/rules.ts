import type { IncomingMessage } from 'node:http';

/** A condition of a listener rule, as the template says it. */
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

/** `*` stands for any characters, `?` for exactly one. */
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
      throw new Error(`Listener rules cannot have the condition ${Field} here`);
  }
}

/** The path as it came, without its query. */
function pathOf(url = '/'): string {
  return url.split('?', 1)[0] ?? '/';
}

/** A request must meet all conditions of a rule; throws an Error naming one we do not have. */
export function ruleMatcher(conditions: readonly RuleCondition[]): RequestMatcher {
  const matchers = conditions.map(condition);
  return (request) => matchers.every((matches) => matches(request));
}
