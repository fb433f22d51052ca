/** The package has types for its index only; we load this one file of it. */
declare module 'rate-limiter-flexible/lib/RateLimiterDynamo.js' {
  import { RateLimiterDynamo } from 'rate-limiter-flexible';
  export = RateLimiterDynamo;
}
