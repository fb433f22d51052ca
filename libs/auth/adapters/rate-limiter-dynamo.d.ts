/** The one file of rate-limiter-flexible that is loaded; the package's types speak of its index only. */
declare module 'rate-limiter-flexible/lib/RateLimiterDynamo.js' {
  import { RateLimiterDynamo } from 'rate-limiter-flexible';
  export = RateLimiterDynamo;
}
