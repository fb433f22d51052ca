/**
 * Admits at most a number of requests in each second. 0 admits none, and undefined admits all.
 * AWS Lambda Developer Guide, "Web functions: scaling". How AWS measures the rate is not documented.
 */
export function rateLimit(
  perSecond: number | undefined,
  now: () => number = Date.now,
): () => boolean {
  let second = 0;
  let admitted = 0;
  return () => {
    if (perSecond === undefined) return true;
    const current = Math.floor(now() / 1_000);
    if (current !== second) {
      second = current;
      admitted = 0;
    }
    admitted += 1;
    return admitted <= perSecond;
  };
}
