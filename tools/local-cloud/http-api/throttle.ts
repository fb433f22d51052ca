/** A token bucket: `ratePerSecond` on average, `burst` at once. */
export interface ThrottleSettings {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** Returns a function that says whether one more request may pass at `nowMs`. */
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
