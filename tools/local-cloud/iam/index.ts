export { authorize } from './authorize.ts';
export { deniedError, deniedMessage, functionUrlForbidden, unknownKeyError } from './denied.ts';
export { parsePolicy } from './parse-policy.ts';
export { permissionPolicy } from './permission-policy.ts';
export { PolicyError } from './policy-error.ts';
export { sessionArn } from './principals.ts';
export { actionsOf, revealsMissing } from './requests/index.ts';
export {
  assumeRole,
  callFunctionUrl,
  callWebEndpoint,
  invokeFunction,
  pollQueue,
  pullImage,
  readOrigin,
  readSecret,
  readStream,
  sendToQueue,
  writeLogs,
} from './requests/service-calls.ts';
export type * from './types.ts';
