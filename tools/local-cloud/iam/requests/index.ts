import type { CallInput, RequiredAction, ResourceNames } from '../types.ts';
import type { CallActions, ServiceActions } from './call-actions.ts';
import { CLOUDFORMATION_ACTIONS } from './cloudformation.ts';
import { DYNAMODB_ACTIONS } from './dynamodb.ts';
import { EVENTS_ACTIONS } from './events.ts';
import { LAMBDA_ACTIONS } from './lambda.ts';
import { LAMBDA_WEB_ACTIONS } from './lambda-web.ts';
import { LOGS_ACTIONS } from './logs.ts';
import { revealsMissingObject, S3_ACTIONS } from './s3.ts';
import { SECRETS_ACTIONS } from './secrets.ts';
import { SQS_ACTIONS } from './sqs.ts';
import { STATES_ACTIONS } from './states.ts';

const SERVICES: Readonly<Record<string, ServiceActions>> = {
  cloudformation: CLOUDFORMATION_ACTIONS,
  dynamodb: DYNAMODB_ACTIONS,
  events: EVENTS_ACTIONS,
  lambda: LAMBDA_ACTIONS,
  'lambda-web': LAMBDA_WEB_ACTIONS,
  logs: LOGS_ACTIONS,
  s3: S3_ACTIONS,
  secretsmanager: SECRETS_ACTIONS,
  sqs: SQS_ACTIONS,
  states: STATES_ACTIONS,
  // Everybody may ask who they are, even with a policy that denies it.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  sts: { GetCallerIdentity: () => [] },
};

/** Every call whose actions are declared, by its service. */
export const DECLARED_CALLS = Object.entries(SERVICES).flatMap(([service, operations]) =>
  Object.keys(operations).map((operation) => [service, operation] as const),
);

/**
 * The actions that a call needs. All of them must be allowed.
 * @param service its name in a SigV4 credential scope
 * @param operation its name in the SDK
 * @param input the members of the call by their names in the SDK. A member may be missing or have a
 * wrong type, because the service checks its input later.
 * @throws Error for an operation without an entry: no call goes unchecked
 */
export function actionsOf(
  service: string,
  operation: string,
  input: CallInput,
  names: ResourceNames,
): readonly RequiredAction[] {
  const actions = declared(service, operation);
  if (!actions) throw new Error(`The actions of ${service} ${operation} are not declared`);
  return actions(input, names);
}

/** Clients send both names, so they may also be names that every object inherits. */
function declared(service: string, operation: string): CallActions | undefined {
  const operations = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  return operations && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

/**
 * The action that decides how a service answers a read of an object that does not exist: as missing
 * if it is allowed, as denied if it is not. Undefined if the answer does not depend on it.
 */
export function revealsMissing(
  service: string,
  operation: string,
  input: CallInput,
): RequiredAction | undefined {
  return service === 's3' ? revealsMissingObject(operation, input) : undefined;
}
