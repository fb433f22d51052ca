/** The types of responses that a REST API generates itself. */
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

/** Default responses (API Gateway Developer Guide, "Gateway response types"). */
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
  // Not a gateway response: without a stage, no API is known that could change it.
  UNKNOWN_STAGE: answer(403, 'ForbiddenException', 'Forbidden'),
};

/** The changes of a template to a gateway response. */
export interface ChangedResponse {
  readonly status?: number;
  readonly body?: string;
}

/**
 * Checks a gateway response type.
 * @throws Error when the type is unknown or never generated here
 */
export function knownResponseType(type: string): GatewayResponseType {
  if (type === 'UNKNOWN_STAGE' || !Object.hasOwn(DEFAULTS, type)) {
    throw new Error(`gateway response ${type} is not supported`);
  }
  return type as GatewayResponseType;
}

/** Returns the response of a type, with the template's changes. */
export function gatewayAnswer(
  type: GatewayResponseType,
  changed: ReadonlyMap<GatewayResponseType, ChangedResponse> = new Map(),
): GatewayAnswer {
  return { ...DEFAULTS[type], ...changed.get(type) };
}
