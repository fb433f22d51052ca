import { UserError } from '@triptych/base/user-error';
import type { Running } from './running.ts';

const CONTROL_TIMEOUT_MS = 5_000;

/**
 * Calls the control API of a running shop.
 * @param body makes the request a POST with this JSON
 * @throws UserError when it rejects the request or does not answer in 5 s
 */
export async function askControl<T>(running: Running, path: string, body?: object): Promise<T> {
  const response = await fetch(`${running.controlUrl}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${running.token}` },
    signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
  }).catch((error: Error) => {
    throw new UserError(`The shop of process ${running.pid} does not answer: ${error.message}.`);
  });
  const answer = (await response.json()) as T & { detail?: string };
  if (!response.ok) {
    throw new UserError(answer.detail ?? `The control API answered ${response.status}.`);
  }
  return answer;
}
