import { AwsError } from '../kernel.ts';

const QUALIFIER = /^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]{1,128})$/;

/** A function that a caller names, and the version or alias. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier?: string;
}

/**
 * Parses a function name, a partial ARN (`000000000000:function:name`) or an ARN, each with or
 * without a qualifier.
 * @param functionArn the start of the ARNs of this account's functions, up to the name
 * @throws AwsError ResourceNotFoundException for an ARN of another account or region
 */
export function parseFunctionReference(text: string, functionArn: string): FunctionReference {
  const account = functionArn.split(':')[4];
  const prefix = [functionArn, `${account}:function:`, 'function:'].find((one) =>
    text.startsWith(one),
  );
  const [name = '', qualifier, ...rest] = text.slice(prefix?.length ?? 0).split(':');
  if (rest.length > 0) throw functionNotFound(text);
  return qualifier === undefined ? { name } : { name, qualifier };
}

/**
 * The version or alias that a request selects, by its own parameter or in the function's name.
 * @throws AwsError ValidationException for a malformed one, InvalidParameterValueException for two
 * different ones
 */
export function requestedQualifier(
  { qualifier: inName }: FunctionReference,
  parameter: string | null,
): string | undefined {
  if (parameter !== null && inName !== undefined && parameter !== inName) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  const qualifier = parameter ?? inName;
  if (qualifier === undefined || QUALIFIER.test(qualifier)) return qualifier;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`,
  );
}

/** Lambda's error for a function, version or alias that does not exist. */
export function functionNotFound(reference: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${reference}`, 404);
}
