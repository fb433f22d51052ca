const answerTimeoutMs = 5_000;

/** A presigned GET whose signature is nobody's: AWS refuses it before it looks for the bucket. */
const forged =
  '/triptych-preflight/nothing?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
  '&X-Amz-Credential=test%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z' +
  `&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`;

/** Whether LocalStack checks presigned URLs; undefined when it does not answer. */
export async function checksSignatures(
  endpoint: string,
  get: (url: string) => Promise<{ status: number }> = (url) =>
    fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) }),
): Promise<boolean | undefined> {
  try {
    return (await get(`${endpoint}${forged}`)).status === 403;
  } catch {
    return undefined;
  }
}
