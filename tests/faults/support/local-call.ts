/** Ends a call that hangs. */
const TIMEOUT_MS = 120_000;

/** Sends JSON over HTTP to a part of the local shop. @throws Error with the response if it is not 2xx */
export async function call(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method} ${url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
