/** The integration of a method. */
export type Integration = FunctionIntegration | MockIntegration;

/** `AWS_PROXY`: a function receives the whole request and returns the whole response. */
export interface FunctionIntegration {
  readonly kind: 'function';
  readonly functionName: string;
  readonly timeoutMs: number;
}

/** `MOCK`: a fixed response without a backend. */
export interface MockIntegration {
  readonly kind: 'mock';
  readonly status: number;
  readonly body: string;
}

/** Longest integration timeout ("Quotas for configuring and running a REST API"). */
const MAX_INTEGRATION_MS = 29_000;

const JSON_TYPE = 'application/json';

interface Properties {
  readonly Type?: string;
  readonly Uri?: string;
  readonly IntegrationHttpMethod?: string;
  readonly TimeoutInMillis?: number;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly IntegrationResponses?: readonly {
    readonly StatusCode: string | number;
    readonly SelectionPattern?: string;
    readonly ResponseTemplates?: Readonly<Record<string, string>>;
  }[];
}

/**
 * Reads the `Integration` of a method.
 * @throws Error that describes an unsupported or invalid part
 */
export function readIntegration(properties: Properties): Integration {
  if (properties.Type === 'AWS_PROXY') return functionIntegration(properties);
  if (properties.Type === 'MOCK') return mockIntegration(properties);
  throw new Error(`integration ${properties.Type} is not supported, only AWS_PROXY and MOCK`);
}

function functionIntegration(properties: Properties): FunctionIntegration {
  const { Uri, IntegrationHttpMethod, TimeoutInMillis = MAX_INTEGRATION_MS } = properties;
  if (IntegrationHttpMethod !== 'POST') throw new Error('a function is invoked with POST only');
  const functionName = /:function:([^:/]+(?::[^:/]+)?)/.exec(String(Uri))?.[1];
  if (!functionName) throw new Error('Uri of the integration is not a function');
  const timeoutMs = Number(TimeoutInMillis);
  if (!(timeoutMs >= 50 && timeoutMs <= MAX_INTEGRATION_MS)) {
    throw new Error(`TimeoutInMillis must be from 50 to ${MAX_INTEGRATION_MS}`);
  }
  return { kind: 'function', functionName, timeoutMs };
}

/** Supports only templates without variables, which are sent unchanged. */
function mockIntegration({ RequestTemplates, IntegrationResponses = [] }: Properties) {
  const { statusCode } = JSON.parse(RequestTemplates?.[JSON_TYPE] ?? '{}') as {
    statusCode?: number;
  };
  const chosen = IntegrationResponses.find(
    ({ SelectionPattern = '.*' }) =>
      statusCode && new RegExp(`^(?:${SelectionPattern})$`).test(String(statusCode)),
  );
  if (!chosen) throw new Error('the mock has no integration response for its status');
  const body = chosen.ResponseTemplates?.[JSON_TYPE] ?? '';
  if (/[$#]/.test(body)) throw new Error('templates with variables are not supported');
  return { kind: 'mock', status: Number(chosen.StatusCode), body } satisfies MockIntegration;
}
