import type { Clients } from './clients.ts';

/** A resource as CloudFormation reports it. */
export interface Reported {
  readonly physicalId: string;
  /** Returns a property from the template, with its intrinsic functions resolved. */
  property(name: string): unknown;
}

/**
 * Looks up a resource in its own service.
 * @returns the attributes that `Fn::GetAtt` returns for it
 * @throws Error if it does not exist or differs from the template
 */
export type LookUp = (clients: Clients, resource: Reported) => Promise<Record<string, string>>;

/** Returns `value`. @throws Error that names `what` if it is empty or undefined */
export function required(value: string | undefined, what: string): string {
  if (value) return value;
  throw new Error(`its service reports no ${what}`);
}
