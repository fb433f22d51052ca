import { randomUUID } from 'node:crypto';
import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';
import type { Actor } from '../permissions/index.ts';
import { escapeXml } from './errors.ts';
import { type MemberTable, rejectUndeclared } from './request-members.ts';

/** The parsed parameters of a query request. All values are strings, lists or structures. */
export type QueryInput = Record<string, unknown>;
/** Runs one operation for a caller. Its result is serialized as XML. */
export type QueryOperation = (input: QueryInput, caller?: Actor) => Promise<object> | object;

export interface QueryServiceOptions<Name extends string> {
  readonly name: string;
  /** XML namespace of the responses. */
  readonly namespace: string;
  readonly operations: Readonly<Record<Name, QueryOperation>>;
  /** The request members that each operation supports. */
  readonly members: Readonly<Record<NoInfer<Name>, MemberTable[string]>>;
}

/**
 * Creates a wire service for AWS's query protocol: a form or a query string with `Action`, and XML
 * responses. Operations throw {@link AwsError}, which the endpoint serializes.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryService<Name extends string>(options: QueryServiceOptions<Name>): WireService {
  return {
    name: options.name,
    calls: Object.keys(options.operations),
    async handle(request) {
      const { action, input } = parseQueryRequest(request);
      if (!Object.hasOwn(options.operations, action)) {
        throw unknownAction(options.name, action, Object.keys(options.operations));
      }
      const name = action as Name;
      rejectUndeclared(input, options.members[name], name, queryUnsupported);
      request.caller?.authorize(options.name, name, input);
      return queryResponse(
        action,
        options.namespace,
        xmlMembers(await options.operations[name](input, request.caller)),
      );
    },
  };
}

/** The error of an action that a query service does not have. */
export function unknownAction(service: string, action: string, known: readonly string[]): AwsError {
  return new AwsError(
    action === '' ? 'MissingAction' : 'InvalidAction',
    `The local ${service} does not support ${action || 'a request without Action'}; it supports ${known.join(', ')}`,
  );
}

/** The error of a query service for an unsupported request member. */
export function queryUnsupported(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** Wraps the serialized result of an action in its response. */
export function queryResponse(action: string, namespace: string, result: string): WireResponse {
  const id = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>${id}</${action}Response>`,
  };
}

/** Serializes members of a result. Lists contain `member` elements. Undefined is omitted. */
export function xmlMembers(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) {
    return value.map((one) => `<member>${xmlMembers(one)}</member>`).join('');
  }
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${xmlMembers(member)}</${name}>`)
    .join('');
}

/**
 * Parses the parameters of a query request, from its body or its query string. `A.member.1.B=x` and
 * `A.1.B=x` both become `{ A: [{ B: 'x' }] }`.
 */
export function parseQueryRequest(request: Pick<WireRequest, 'body' | 'query'>): {
  action: string;
  input: QueryInput;
} {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const parameters = form.has('Action') ? form : request.query;
  const root: Tree = new Map();
  for (const [name, value] of parameters) {
    if (name === 'Action' || name === 'Version' || /^X-Amz-/.test(name)) continue;
    insert(
      root,
      name.split('.').filter((step) => step !== 'member'),
      value,
    );
  }
  return { action: parameters.get('Action') ?? '', input: plain(root) as QueryInput };
}

/** Maps, because a parameter may have any name, even `__proto__`. */
type Tree = Map<string, Tree | string>;

function insert(tree: Tree, path: readonly string[], value: string): void {
  const [step = '', ...rest] = path;
  if (rest.length === 0) {
    tree.set(step, value);
    return;
  }
  const known = tree.get(step);
  const child: Tree = known instanceof Map ? known : new Map();
  tree.set(step, child);
  insert(child, rest, value);
}

/** Converts a tree to objects. A level whose names are all numbers is a list. */
function plain(tree: Tree | string): unknown {
  if (typeof tree === 'string') return tree;
  const entries = [...tree].map(([name, child]) => [name, plain(child)] as const);
  if (entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name))) {
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
  }
  return Object.fromEntries(entries);
}
