import { AwsError } from '../kernel.ts';
import { type DynaliteOperation, memberTypes, type TypeSpec } from './dynalite.ts';
import type { Input } from './table-types.ts';

/**
 * Rejects members that dynalite does not support, at any depth. dynalite silently ignores them.
 * @throws AwsError ValidationException that names the first such member
 */
export function rejectUnknownMembers(
  operation: DynaliteOperation | 'createTable',
  input: Input,
  alsoKnown: readonly string[] = [],
): void {
  const rest = { ...input };
  for (const name of alsoKnown) delete rest[name];
  checkStruct(rest, memberTypes(operation), operation);
}

function checkStruct(
  value: Record<string, unknown>,
  known: Record<string, string | TypeSpec>,
  path: string,
): void {
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || member === null) continue;
    const spec = known[name];
    if (spec === undefined) {
      throw new AwsError(
        'ValidationException',
        `The local cloud does not support ${path}.${name} of DynamoDB`,
      );
    }
    checkValue(member, spec, `${path}.${name}`);
  }
}

function checkValue(value: unknown, spec: string | TypeSpec, path: string): void {
  if (typeof spec === 'string' || typeof value !== 'object' || value === null) return;
  const { type = '', children } = spec;
  // dynalite itself checks attribute values completely.
  if (children === undefined || typeof children === 'string') return;
  if (/Struct</.test(type)) {
    checkStruct(
      value as Record<string, unknown>,
      children as Record<string, string | TypeSpec>,
      path,
    );
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    checkValue(member, children as TypeSpec, `${path}.${name}`);
  }
}
