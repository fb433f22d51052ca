import type { FieldFault } from '../errors/index.ts';
import type { SchemaError } from '../schema/lazy-schema.ts';

const MAX_FAULTS = 8;

/** Describes each invalid field once, for the author of the request. Reports at most eight fields. */
export function fieldFaults(errors: readonly SchemaError[]): FieldFault[] {
  const faults = new Map<string, string>();
  for (const error of errors) {
    // An unknown field is reported twice. The other error contains its name.
    if (error.keyword === 'boolean') continue;
    // The union's own error covers the errors of its branches.
    if (insideUnion(error, errors)) continue;
    for (const fault of describe(error, errors)) {
      if (!faults.has(fault.path) && faults.size < MAX_FAULTS)
        faults.set(fault.path, fault.message);
    }
  }
  return [...faults].map(([path, message]) => ({ path, message }));
}

function insideUnion(error: SchemaError, errors: readonly SchemaError[]): boolean {
  return errors.some(
    (other) =>
      other.keyword === 'anyOf' &&
      other !== error &&
      error.schemaPath.startsWith(`${other.schemaPath}/anyOf/`),
  );
}

function describe(error: SchemaError, errors: readonly SchemaError[]): FieldFault[] {
  const { keyword, instancePath } = error;
  const params = error.params as Record<string, unknown>;
  const each = (names: unknown, message: string) =>
    (names as string[]).map((name) => ({ path: `${instancePath}/${name}`, message }));
  if (keyword === 'required') return each(params.requiredProperties, 'is required');
  if (keyword === 'additionalProperties')
    return each(params.additionalProperties, 'is not a known field');
  if (keyword === 'enum') return [oneOf(instancePath, params.allowedValues as unknown[])];
  if (keyword === 'anyOf') {
    const words = errors
      .filter(
        (branch) =>
          branch.keyword === 'const' && branch.schemaPath.startsWith(`${error.schemaPath}/anyOf/`),
      )
      .map((branch) => (branch.params as { allowedValue?: unknown }).allowedValue);
    if (words.length > 0) return [oneOf(instancePath, words)];
  }
  return [{ path: instancePath, message: error.message }];
}

function oneOf(path: string, words: readonly unknown[]): FieldFault {
  return { path, message: `must be one of ${words.join(', ')}` };
}
