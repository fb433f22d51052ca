/** Error answers that the Lambda service itself writes, in the words of AWS. */

function body(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}

/** The function ran longer than its time-out. */
export function timedOut(requestId: string, timeoutMs: number): Buffer {
  const seconds = (timeoutMs / 1000).toFixed(2);
  const message = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
  return body('Sandbox.Timedout', message);
}

/** The function's process ended before it answered. */
export function exited(requestId: string, code: number | null, signal: string | null): Buffer {
  const how = signal
    ? `signal: ${signal === 'SIGKILL' ? 'killed' : signal}`
    : `exit status ${code}`;
  const message = `RequestId: ${requestId} Error: Runtime exited with error: ${how}`;
  return body('Runtime.ExitError', message);
}

/** The answer was larger than Lambda takes. */
export function responseTooLarge(maxBytes: number): Buffer {
  const limit = `maximum allowed payload size (${maxBytes} bytes)`;
  return body('Function.ResponseSizeTooLarge', `Response payload size exceeded ${limit}.`);
}

/** The function was not ready for its first invocation in time. */
export function initTimedOut(requestId: string, timeoutMs: number): Buffer {
  const seconds = (timeoutMs / 1000).toFixed(2);
  return body(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Init timed out after ${seconds} s`,
  );
}
