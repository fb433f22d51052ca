import type { Clients } from './clients.ts';

/** A resource as CloudFormation reports it. */
export interface Reported {
  readonly physicalId: string;
  /** Its properties in the template, intrinsics resolved when asked for one. */
  property(name: string): unknown;
}

/**
 * Asks a resource's own service for it.
 * @returns what `Fn::GetAtt` gives for it
 * @throws Error when it is not there, or not as the template has it
 */
export type LookUp = (clients: Clients, resource: Reported) => Promise<Record<string, string>>;

/** `value` as a text. @throws Error naming `what` when the service left it out */
export function told(value: string | undefined, what: string): string {
  if (value) return value;
  throw new Error(`its service tells no ${what}`);
}
