/** Requests a second, and at once: a cap on what a mistake or an attack can cost. */
export const throttle = { rateLimit: 500, burstLimit: 1000 };

/** Why neither kind of API checks callers at the gateway. */
export const ownAuthorization =
  'The service checks the access token itself, the same in every variant.';

/** Why neither kind of API writes an access log. */
export const ownRequestLog =
  'The functions log each request once, with its trace; a second line costs as much.';
