import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const EXTENSIONS = ['.mjs', '.js', '.cjs', ''];

function named(name, message, cause) {
  const error = new Error(message, { cause });
  error.name = name;
  return error;
}

/**
 * Imports `file.export` (e.g. `index.http`) from the task root. Like AWS's runtime for Node.js 24,
 * it rejects handlers that take a callback.
 * @throws Error named `Runtime.…`, or the error of the module itself
 */
export async function loadHandler(taskRoot, setting) {
  const match = /^(.+?)\.([^.]+)$/.exec(setting ?? '');
  if (!match) throw named('Runtime.MalformedHandlerName', `Bad handler ${setting}`);
  const [, modulePath, exportName] = match;
  const file = EXTENSIONS.map((ending) => resolve(taskRoot, modulePath + ending)).find((path) =>
    existsSync(path),
  );
  if (!file) {
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${modulePath}'`);
  }
  const module = await import(pathToFileURL(file).href);
  const handler = module[exportName] ?? module.default?.[exportName];
  if (handler === undefined) {
    throw named('Runtime.HandlerNotFound', `${setting} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw named('Runtime.HandlerNotFound', `${setting} is not a function`);
  }
  if (handler.length >= 3) {
    throw named(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers with Node.js 24.',
    );
  }
  return handler;
}
