import { UserError } from '@triptych/base/user-error';
import type { Running } from './running.ts';

const CONTROL_TIMEOUT_MS = 5_000;

/** Calls the control API of a running shop. @throws UserError when it rejects the request or does not answer in 5 s */
export async function askControl<T>(running: Running, path: string): Promise<T> {
  const response = await fetch(`${running.controlUrl}${path}`, {
    headers: { authorization: `Bearer ${running.token}` },
    signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
  }).catch((error: Error) => {
    throw new UserError(`The shop of process ${running.pid} does not answer: ${error.message}.`);
  });
  const body = (await response.json()) as T & { detail?: string };
  if (!response.ok) {
    throw new UserError(body.detail ?? `The control API answered ${response.status}.`);
  }
  return body;
}
