import type { Services } from '../kernel.ts';

/** A secret by name or ARN, and optionally a member of its JSON text. */
const OF_SECRET =
  /^secretsmanager:(arn:aws:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)(?::SecretString(?::([^:]*)(?::([^:]*)(?::([^:]*))?)?)?)?$/;

const REFERENCE = /\{\{resolve:([^}]*)\}\}/g;

/**
 * Replaces the dynamic references in the properties of a resource with the current values of their secrets.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 * @param value properties without intrinsic functions
 * @throws Error that names a reference to another service or to an older version of a secret
 */
export function withSecrets(value: unknown, secrets: () => Services['secrets']): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (whole, reference: string) => {
      return secretValue(whole, reference, secrets());
    });
  }
  if (Array.isArray(value)) return value.map((one) => withSecrets(one, secrets));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, withSecrets(one, secrets)]);
  return Object.fromEntries(entries);
}

/**
 * Returns the value of an output or the metadata of a resource unchanged.
 * @throws Error that names the first dynamic reference: CloudFormation resolves them in properties only
 */
export function withoutReferences(value: unknown): unknown {
  const [found] = JSON.stringify(value)?.match(REFERENCE) ?? [];
  if (found) throw unsupported(found);
  return value;
}

function secretValue(whole: string, reference: string, secrets: Services['secrets']): string {
  const [, id = '', key = '', stage = '', version = ''] = OF_SECRET.exec(reference) ?? [];
  if (id === '' || version !== '' || !['', 'AWSCURRENT'].includes(stage)) throw unsupported(whole);
  const arn = secrets.arnOf(id);
  if (arn === undefined) throw new Error(`There is no secret for the dynamic reference ${whole}`);
  return secrets.value(key === '' ? arn : `${arn}:${key}::`);
}

function unsupported(reference: string): Error {
  return new Error(`The dynamic reference ${reference} is not supported`);
}
