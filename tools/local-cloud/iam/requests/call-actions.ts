import type { CallInput, RequiredAction, ResourceNames } from '../types.ts';

/** The actions that one call needs. All of them must be allowed. */
export type CallActions = (input: CallInput, names: ResourceNames) => readonly RequiredAction[];

/** The actions of each operation of a service, by its name in the SDK. */
export type ServiceActions = Readonly<Record<string, CallActions>>;

/** An operation that needs one action on one resource. */
export function one(
  action: string,
  resource: (input: CallInput, names: ResourceNames) => string,
): CallActions {
  return (input, names) => [{ action, resource: resource(input, names) }];
}

/** An operation whose action AWS does not define for single resources. */
export function onEverything(action: string): CallActions {
  return one(action, () => '*');
}

/** The same actions on each of several resources. A resource that appears twice counts once. */
export function each(actions: readonly string[], resources: readonly string[]): RequiredAction[] {
  return [...new Set(resources)].flatMap((resource) =>
    actions.map((action) => ({ action, resource })),
  );
}

/** A member as text. Empty when the call does not have it; the service then rejects the call. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
