import type { Invocation } from '../kernel.ts';
import type { ErrorObject } from './operation.ts';

/** What one invocation of a durable function returned. A rejected invocation is repeated. */
export interface FunctionResult {
  readonly Status: 'SUCCEEDED' | 'FAILED' | 'PENDING' | 'REJECTED';
  readonly Result?: string;
  readonly Error?: ErrorObject;
}

/** Reads the response of an invocation. */
export function readResult({ payload, functionError }: Invocation): FunctionResult {
  if (functionError) return { Status: 'REJECTED' };
  const result = parsed(payload.toString('utf8')) as Partial<FunctionResult> | null;
  const Status = result?.Status;
  if (Status === 'SUCCEEDED' || Status === 'FAILED' || Status === 'PENDING') {
    return { ...result, Status };
  }
  const ErrorMessage = 'The function did not return the result of a durable execution.';
  return { Status: 'FAILED', Error: { ErrorType: 'InvalidResult', ErrorMessage } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
