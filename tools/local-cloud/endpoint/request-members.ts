import { AwsError } from '../kernel.ts';

/**
 * Support for one member of a request: honoured, ignored for the reason given, a structure (or a
 * list of structures) with its own members, or a map whose values are structures.
 */
export type MemberSupport =
  | 'honoured'
  | { readonly ignored: string }
  | { readonly members: RequestMembers }
  | { readonly values: RequestMembers };

/** The supported members of one request or structure. Any other member is an error. */
export type RequestMembers = Readonly<Record<string, MemberSupport>>;

/** The supported members of each operation of a service. */
export type MemberTable = Readonly<Record<string, RequestMembers>>;

/** Creates the error of a service for an unsupported member. */
export type Unsupported = (message: string) => AwsError;

const validationError: Unsupported = (message) => new AwsError('ValidationException', message);

/**
 * Rejects request members that are not declared, at any depth, instead of ignoring them. Absent
 * and null members are ignored.
 * @param where completes "The local cloud does not support … with" in the message
 * @throws AwsError the result of `unsupported`, with a message that names the members
 */
export function rejectUndeclared(
  input: unknown,
  members: RequestMembers,
  where: string,
  unsupported: Unsupported = validationError,
): void {
  const names = undeclared(input, members, '');
  if (names.length > 0) throw unsupported(unsupportedText(where, names));
}

/** Declares members of which the whole value is honoured. */
export function honoured(...names: readonly string[]): RequestMembers {
  return Object.fromEntries(names.map((name) => [name, 'honoured']));
}

/** The message for members that an operation does not support. */
export function unsupportedText(where: string, names: readonly string[]): string {
  return `The local cloud does not support ${where} with ${names.join(', ')}`;
}

function undeclared(input: unknown, members: RequestMembers, path: string): string[] {
  if (Array.isArray(input)) {
    return [...new Set(input.flatMap((one) => undeclared(one, members, path)))];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    const support = Object.hasOwn(members, name) ? members[name] : undefined;
    if (support === undefined) return [`${path}${name}`];
    if (typeof support === 'string' || 'ignored' in support) return [];
    if ('members' in support) return undeclared(value, support.members, `${path}${name}.`);
    return undeclared(Object.values(value), support.values, `${path}${name}.`);
  });
}
