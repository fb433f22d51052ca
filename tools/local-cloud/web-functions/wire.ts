import { randomUUID } from 'node:crypto';
import { rejectUndeclared, rejectUndeclaredRest } from '../endpoint/index.ts';
import { pageOf } from '../endpoint/page-token.ts';
import { isObject } from '../is-object.ts';
import { AwsError, type Kernel, type WireRequest, type WireService } from '../kernel.ts';
import {
  endpointDetails,
  endpointSummary,
  functionSummary,
  revisionDetails,
  revisionSummary,
} from './describe.ts';
import { WEB_FUNCTION_MEMBERS, type WebFunctionOperation } from './members.ts';
import { nameIn } from './names.ts';
import type { WebFunctions } from './web-functions.ts';

const MAX_RESULTS = 50;
const BASE = '^/2025-03-07/web-functions';

/** Each operation by method and path. The first group is the function, the second a revision or an endpoint. */
const ROUTES: readonly (readonly [string, RegExp, WebFunctionOperation])[] = [
  ['POST', new RegExp(`${BASE}$`), 'ListWebFunctions'],
  ['GET', new RegExp(`${BASE}/([^/]+)$`), 'GetWebFunction'],
  ['POST', new RegExp(`${BASE}/([^/]+)/list-revisions$`), 'ListWebFunctionRevisions'],
  ['GET', new RegExp(`${BASE}/([^/]+)/revisions/([^/]+)$`), 'GetWebFunctionRevision'],
  ['POST', new RegExp(`${BASE}/([^/]+)/list-endpoints$`), 'ListWebFunctionEndpoints'],
  ['GET', new RegExp(`${BASE}/([^/]+)/endpoints/([^/]+)$`), 'GetWebFunctionEndpoint'],
];

/** Handles the control plane of Lambda Web Functions (service model `lambda-web`, 2025-03-07) on the shared endpoint. */
export function webFunctionWire(functions: WebFunctions, kernel: Kernel): WireService {
  return {
    name: 'lambda-web',
    calls: ROUTES.map(([, , operation]) => operation),
    async handle(request) {
      try {
        return answer(200, run(request, functions, kernel));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const { status, code, message } = error;
        return answer(status, { message }, { 'x-amzn-errortype': code });
      }
    },
  };
}

function answer(status: number, body: object, headers: Record<string, string> = {}) {
  const own = { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() };
  return { status, headers: { ...own, ...headers }, body: JSON.stringify(body) };
}

function run(request: WireRequest, functions: WebFunctions, kernel: Kernel): object {
  for (const [method, path, operation] of ROUTES) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (!match) continue;
    const members = WEB_FUNCTION_MEMBERS[operation];
    rejectUndeclaredRest(request, members, operation);
    const body = bodyOf(request);
    const { maxResults: _, nextToken: __, ...others } = body;
    rejectUndeclared(others, {}, operation);
    const [name = '', part = ''] = match.slice(1).map((one) => decodeURIComponent(one ?? ''));
    const input = { functionName: name, revisionId: part, endpointName: part };
    request.caller?.authorize('lambda-web', operation, input);
    return read(operation, { name: nameIn(name, kernel), part, body }, functions, kernel);
  }
  const known = ROUTES.map(([, , operation]) => operation).join(', ');
  throw new AwsError(
    'UnknownOperationException',
    `The local cloud does not support ${request.method} ${request.path}; it supports ${known}`,
    404,
  );
}

type Body = Readonly<Record<string, unknown>>;

function read(
  operation: WebFunctionOperation,
  { name, part, body }: { name: string; part: string; body: Body },
  functions: WebFunctions,
  kernel: Kernel,
): object {
  switch (operation) {
    case 'ListWebFunctions': {
      const { items, ...rest } = page(functions.definitions(), body, operation, (one) => one.name);
      return { functions: items.map((one) => functionSummary(one, kernel)), ...rest };
    }
    case 'GetWebFunction':
      return functionSummary(functions.definition(name), kernel);
    case 'ListWebFunctionRevisions': {
      const { items, ...rest } = page(functions.revisions(name), body, operation, ({ id }) => id);
      return { revisions: items.map((one) => revisionSummary(one, kernel)), ...rest };
    }
    case 'GetWebFunctionRevision':
      return revisionDetails(functions.revision(name, part), kernel);
    case 'ListWebFunctionEndpoints': {
      const all = functions.endpoints(name);
      const { items, ...rest } = page(all, body, operation, (one) => one.settings.definition.name);
      return { endpoints: items.map((one) => endpointSummary(one, functions, kernel)), ...rest };
    }
    case 'GetWebFunctionEndpoint':
      return endpointDetails(functions.endpoint(name, part), functions, kernel);
  }
}

function page<T>(all: readonly T[], body: Body, scope: string, nameOf: (item: T) => string) {
  const { maxResults = MAX_RESULTS, nextToken } = body;
  const limit = Number(maxResults);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_RESULTS) {
    throw invalid(`maxResults must be a whole number from 1 to ${MAX_RESULTS}`);
  }
  return pageOf(all, {
    ...{ scope, token: nextToken, limit },
    keyOf: (item) => [nameOf(item)],
    invalidToken: () => invalid('Invalid nextToken'),
  });
}

function bodyOf({ body }: WireRequest): Body {
  try {
    const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // Rejected below, like any body that is not an object.
  }
  throw invalid('The request body is not a JSON object');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
