// Runs inside each sandbox: loads the function's handler, then serves invocations one at a time
// until the process is ended. It has no dependencies, because its load time is part of cold start.

import { loadHandler } from './load-handler.mjs';
import { answer, describe, fail, failInit, nextInvocation } from './runtime-client.mjs';

/** Exit codes of AWS's own Node.js runtime. */
const EXIT_UNCAUGHT = 129;
const EXIT_REJECTION = 128;

let currentRequestId;

/** Logs an error on one line, as AWS's runtime does, so that line-based logs keep it together. */
function logError(kind, error) {
  process.stderr.write(`ERROR\t${kind}\t${describe(error)}\n`);
}

async function crash(error, exitCode) {
  logError('Uncaught Exception', error);
  try {
    if (currentRequestId) await fail(currentRequestId, error);
    else await failInit(error);
  } finally {
    process.exit(exitCode);
  }
}

process.on('uncaughtException', (error) => void crash(error, EXIT_UNCAUGHT));
process.on('unhandledRejection', (reason) => {
  const error = new Error(reason instanceof Error ? reason.message : String(reason), {
    cause: reason,
  });
  error.name = 'Runtime.UnhandledPromiseRejection';
  void crash(error, EXIT_REJECTION);
});

function contextOf({ requestId, deadlineMs, functionArn }) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

/**
 * Marks the end of an invocation's output, if the service asks for it. Waits until the output is
 * written, because the process is frozen after its answer.
 */
async function markLogEnd({ logEnd }) {
  if (!logEnd) return;
  const line = `\n${decodeURIComponent(logEnd)}\n`;
  const streams = [process.stdout, process.stderr];
  await Promise.all(streams.map((stream) => new Promise((done) => stream.write(line, done))));
}

let handler;
try {
  handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
} catch (error) {
  logError('Init Error', error);
  await failInit(error);
  process.exit(1);
}

for (;;) {
  const invocation = await nextInvocation();
  currentRequestId = invocation.requestId;
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const result = await handler(JSON.parse(invocation.body), contextOf(invocation));
    await markLogEnd(invocation);
    await answer(invocation.requestId, result);
  } catch (error) {
    logError('Invoke Error', error);
    await markLogEnd(invocation);
    await fail(invocation.requestId, error);
  }
  currentRequestId = undefined;
}
