/** An error answer of the Lambda service itself, in AWS's wording. */

function body(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}

/** The invocation exceeded the function's timeout. */
export function timedOut(requestId: string, timeoutMs: number): Buffer {
  const seconds = (timeoutMs / 1000).toFixed(2);
  const message = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
  return body('Sandbox.Timedout', message);
}

/** The process ended before it answered. */
export function exited(requestId: string, code: number | null, signal: string | null): Buffer {
  const reason = signal
    ? `signal: ${signal === 'SIGKILL' ? 'killed' : signal}`
    : `exit status ${code}`;
  const message = `RequestId: ${requestId} Error: Runtime exited with error: ${reason}`;
  return body('Runtime.ExitError', message);
}

/** The answer exceeded Lambda's size limit. */
export function responseTooLarge(maxBytes: number): Buffer {
  const limit = `maximum allowed payload size (${maxBytes} bytes)`;
  return body('Function.ResponseSizeTooLarge', `Response payload size exceeded ${limit}.`);
}

/** The init phase exceeded its timeout. */
export function initTimedOut(requestId: string, timeoutMs: number): Buffer {
  const seconds = (timeoutMs / 1000).toFixed(2);
  return body(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Init timed out after ${seconds} s`,
  );
}
