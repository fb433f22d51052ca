// Client of the Lambda Runtime API (version 2018-06-01). It uses node:http with one keep-alive
// connection, because the global fetch adds about 30 ms to each cold start.

// An import would read every export of node:http. One of them (WebSocket) loads all of undici. That
// doubles the CPU time of an empty function's cold start.
const http = process.getBuiltinModule('node:http');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const ROOT = '/2018-06-01/runtime';

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const options = { hostname, port, agent, method, path: ROOT + path, headers };
    if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, chunks }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Serializes an error in the format of the Runtime API. */
export function describe(error) {
  const known = error instanceof Error;
  return JSON.stringify({
    errorType: known ? error.name : typeof error,
    errorMessage: known ? error.message : String(error),
    trace: known ? (error.stack ?? '').split('\n') : [],
  });
}

/** Waits for the next invocation without a timeout. Exits when the local cloud has ended. */
export async function nextInvocation() {
  const { headers, chunks } = await call('GET', '/invocation/next').catch(() => process.exit(0));
  return {
    requestId: headers['lambda-runtime-aws-request-id'],
    deadlineMs: Number(headers['lambda-runtime-deadline-ms']),
    functionArn: headers['lambda-runtime-invoked-function-arn'],
    traceId: headers['lambda-runtime-trace-id'],
    logEnd: headers['triptych-log-end'],
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Sends a handler's result. The service rejects a result that is too large. */
export async function answer(requestId, result) {
  const body = JSON.stringify(result === undefined ? null : result) ?? 'null';
  await call('POST', `/invocation/${requestId}/response`, body);
}

/** Reports that one invocation failed. The sandbox keeps running. */
export async function fail(requestId, error) {
  await call('POST', `/invocation/${requestId}/error`, describe(error));
}

/** Reports that the function could not be loaded. */
export async function failInit(error) {
  await call('POST', '/init/error', describe(error));
}
