import type { TSchema } from 'typebox';
import { Compile } from 'typebox/schema';

/** One violation of a JSON Schema, as TypeBox reports it. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON pointer into the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: object;
  readonly message: string;
}

/** Checks a value: undefined when it satisfies the schema, else its violations. */
export type SchemaCheck = (value: unknown) => readonly SchemaError[] | undefined;

/** A check that compiles its schema on the first call: a cold function pays only for the schemas that it uses. */
export function lazySchema(schema: TSchema): SchemaCheck {
  let validator: ReturnType<typeof Compile> | undefined;
  return (value) => {
    validator ??= Compile(schema);
    if (validator.Check(value)) return undefined;
    const [, errors] = validator.Errors(value);
    return errors;
  };
}

/** The first violation in one phrase, for example `data/orderId must be string`. */
export function firstViolation(name: string, errors: readonly SchemaError[]): string {
  const first = errors[0];
  return `${name}${first?.instancePath ?? ''} ${first?.message ?? 'is invalid'}`;
}
