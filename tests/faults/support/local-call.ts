import { untilAnswered } from '@triptych/base/until-answered';

/** Ends a call that hangs. */
const TIMEOUT_MS = 120_000;

/**
 * Sends JSON over HTTP to a part of the local shop. Repeats a call without an answer, because the provider's simulator runs in the
 * variant and can be overloaded; every call sets a state or reads one.
 * @throws Error with the response if it is not 2xx
 */
export async function call(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const { status, ok, text } = await untilAnswered(async () => {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { status, ok, headers } = response;
    return { status, ok, headers, text: await response.text() };
  });
  if (!ok) throw new Error(`${init.method} ${url} answered ${status}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
