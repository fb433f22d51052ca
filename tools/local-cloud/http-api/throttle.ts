/** A token bucket that holds `burst` tokens and refills at `ratePerSecond`. */
export interface ThrottleSettings {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** Creates a token bucket. The returned function takes a token at `nowMs`; false when empty. */
export function throttle({ ratePerSecond, burst }: ThrottleSettings): (nowMs: number) => boolean {
  let tokens = burst;
  let last: number | undefined;
  return (nowMs) => {
    tokens = Math.min(burst, tokens + ((nowMs - (last ?? nowMs)) / 1000) * ratePerSecond);
    last = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
