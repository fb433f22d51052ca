const ANSWER_TIMEOUT_MS = 5_000;

/** A presigned GET with a FORGED_PATH signature. AWS rejects it before it looks for the bucket. */
const FORGED_PATH =
  '/triptych-preflight/nothing?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
  '&X-Amz-Credential=test%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z' +
  `&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`;

/** Whether LocalStack checks the signatures of presigned URLs; undefined if it does not answer. */
export async function checksSignatures(
  endpoint: string,
  get: (url: string) => Promise<{ status: number }> = (url) =>
    fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }),
): Promise<boolean | undefined> {
  try {
    return (await get(`${endpoint}${FORGED_PATH}`)).status === 403;
  } catch {
    return undefined;
  }
}
