import vm from 'node:vm';

/**
 * Longest run of a function, to end infinite loops. CloudFront allows about 1 ms of processor time. This is elapsed time,
 * which is much longer on a busy machine.
 */
const TIMEOUT_MS = 5_000;
/** Largest source in bytes (CloudFront Developer Guide, "Quotas on CloudFront Functions"). */
const MAX_SOURCE_BYTES = 10_240;

/** The event of an edge function, as in CloudFront's JavaScript runtime 2.0. */
export type EdgeEvent = Readonly<Record<string, unknown>>;

/** Thrown when an edge function fails, times out or returns an invalid result. */
export class EdgeFunctionError extends Error {}

/**
 * Compiles a CloudFront function. It runs in its own context with JavaScript's built-ins and
 * `console`, but without Node's APIs. A promise it returns must settle without external events.
 * The returned function throws an EdgeFunctionError.
 * @throws Error when the source is too large or does not compile
 */
export function edgeFunction(
  source: string,
  log: (text: string) => void,
  timeoutMs = TIMEOUT_MS,
): (event: EdgeEvent) => unknown {
  if (Buffer.byteLength(source) > MAX_SOURCE_BYTES) {
    throw new Error(`The source of a CloudFront function is limited to ${MAX_SOURCE_BYTES} bytes`);
  }
  const context = vm.createContext(Object.create(null), { microtaskMode: 'afterEvaluate' });
  context.log = (text: unknown) => log(String(text));
  const prelude =
    'const console = { log: (...all) => log(all.join(" ")) }; console.error = console.log;';
  vm.runInContext(prelude, context, { timeout: timeoutMs });
  vm.runInContext(source, context, { timeout: timeoutMs });
  const call = new vm.Script(`
    result = undefined; failure = undefined;
    Promise.resolve().then(() => handler(JSON.parse(event))).then(
      (value) => { result = JSON.stringify(value); },
      (error) => { failure = String(error); });`);
  return (event) => {
    context.event = JSON.stringify(event);
    try {
      call.runInContext(context, { timeout: timeoutMs });
    } catch (error) {
      throw new EdgeFunctionError(String(error));
    }
    if (context.failure !== undefined) throw new EdgeFunctionError(String(context.failure));
    if (typeof context.result !== 'string') throw new EdgeFunctionError('no result');
    return JSON.parse(context.result);
  };
}
