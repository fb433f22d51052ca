import vm from 'node:vm';

/**
 * CloudFront gives a function about a millisecond; a slower machine gets more, but not for ever.
 */
const TIMEOUT_MS = 200;
/** Largest source (CloudFront developer guide, "Quotas on CloudFront Functions"). */
const MAX_SOURCE_BYTES = 10_240;

/** What an edge function is given: an event of CloudFront JavaScript runtime 2.0. */
export type EdgeEvent = Readonly<Record<string, unknown>>;

/** Why an edge function gave no usable result. */
export class EdgeFunctionError extends Error {}

/**
 * Compiles a CloudFront function. It runs in a context of its own that knows the language and
 * `console`, no Node; a promise it returns must be settled without waiting for anything outside.
 */
export function edgeFunction(
  source: string,
  log: (text: string) => void,
): (event: EdgeEvent) => unknown {
  if (Buffer.byteLength(source) > MAX_SOURCE_BYTES) {
    throw new Error(`A CloudFront function may have ${MAX_SOURCE_BYTES} bytes`);
  }
  const context = vm.createContext(Object.create(null), { microtaskMode: 'afterEvaluate' });
  context.log = (text: unknown) => log(String(text));
  const prelude =
    'const console = { log: (...all) => log(all.join(" ")) }; console.error = console.log;';
  vm.runInContext(prelude, context, { timeout: TIMEOUT_MS });
  vm.runInContext(source, context, { timeout: TIMEOUT_MS });
  const call = new vm.Script(`
    result = undefined; failure = undefined;
    Promise.resolve().then(() => handler(JSON.parse(event))).then(
      (value) => { result = JSON.stringify(value); },
      (error) => { failure = String(error); });`);
  return (event) => {
    context.event = JSON.stringify(event);
    try {
      call.runInContext(context, { timeout: TIMEOUT_MS });
    } catch (error) {
      throw new EdgeFunctionError(String(error));
    }
    if (context.failure !== undefined) throw new EdgeFunctionError(String(context.failure));
    if (typeof context.result !== 'string') throw new EdgeFunctionError('no result');
    return JSON.parse(context.result);
  };
}
