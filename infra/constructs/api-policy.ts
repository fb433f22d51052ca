/** Limits requests per second, and in a burst. This caps the cost of a mistake or an attack. */
export const THROTTLE = { rateLimit: 500, burstLimit: 1000 };

/** The reason why no gateway authorizes requests. */
export const OWN_AUTHORIZATION =
  'The service verifies the access token itself, as in every variant.';

/** The reason why no API has an access log. */
export const OWN_REQUEST_LOG =
  'The functions log every request once, with its trace. An access log would double the cost.';
