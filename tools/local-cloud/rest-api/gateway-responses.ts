/** What a REST API answers by itself, by type. */
export type GatewayResponseType =
  | 'DEFAULT_5XX'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'REQUEST_TOO_LARGE'
  | 'THROTTLED'
  | 'UNKNOWN_STAGE';

export interface GatewayAnswer {
  readonly status: number;
  /** Value of `x-amzn-errortype`. */
  readonly errorType: string;
  readonly body: string;
}

const answer = (status: number, errorType: string, message: string): GatewayAnswer => ({
  status,
  errorType,
  body: JSON.stringify({ message }),
});

/** Answers as they are unless the template changes them ("Gateway response types"). */
const DEFAULTS: Readonly<Record<GatewayResponseType, GatewayAnswer>> = {
  DEFAULT_5XX: answer(502, 'InternalServerErrorException', 'Internal server error'),
  INTEGRATION_FAILURE: answer(500, 'InternalServerErrorException', 'Internal server error'),
  INTEGRATION_TIMEOUT: answer(504, 'InternalServerErrorException', 'Endpoint request timed out'),
  MISSING_AUTHENTICATION_TOKEN: answer(
    403,
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
  ),
  REQUEST_TOO_LARGE: answer(413, 'RequestTooLongException', 'Request Too Long'),
  THROTTLED: answer(429, 'TooManyRequestsException', 'Too Many Requests'),
  // Not a gateway response: where there is no stage, there is no API to have one.
  UNKNOWN_STAGE: answer(403, 'ForbiddenException', 'Forbidden'),
};

/** What a template changes of an answer. */
export interface ChangedResponse {
  readonly status?: number;
  readonly body?: string;
}

/** @throws Error when the type is unknown, or one that nothing here answers */
export function knownResponseType(type: string): GatewayResponseType {
  if (type === 'UNKNOWN_STAGE' || !Object.hasOwn(DEFAULTS, type)) {
    throw new Error(`gateway response ${type} is not supported`);
  }
  return type as GatewayResponseType;
}

export function gatewayAnswer(
  type: GatewayResponseType,
  changed: ReadonlyMap<GatewayResponseType, ChangedResponse> = new Map(),
): GatewayAnswer {
  return { ...DEFAULTS[type], ...changed.get(type) };
}
