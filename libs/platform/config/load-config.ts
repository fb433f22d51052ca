import type { Static, TObject, TSchema } from 'typebox';
import { Errors } from 'typebox/schema';
import { ConfigError } from './config-error.ts';
import { Secret } from './secret.ts';
import { type RejectedPattern, SECRET_MARK } from './settings.ts';

export interface LoadOptions {
  /** Defaults to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Reads an entry of Secrets Manager by its ARN or name. Defaults to the service itself. */
  readonly readSecret?: ReadSecret;
}

type Field = TSchema & {
  type?: string;
  default?: unknown;
  [SECRET_MARK]?: { reject?: RejectedPattern };
};
type Environment = Readonly<Record<string, string | undefined>>;
type ReadSecret = (arn: string) => Promise<string>;
type Reading = { value: unknown } | { fault: string } | 'absent';

/**
 * Reads and checks a process's settings. The schema's keys are names of environment variables. One message lists all
 * faults. If the environment of this process is invalid, the message goes to stderr and the process exits with code 1,
 * without a stack trace that would bury the message.
 * @throws ConfigError when `options.env` is given and violates the schema
 */
export async function loadConfig<const T extends TObject>(
  schema: T,
  options: LoadOptions = {},
): Promise<Static<T>> {
  try {
    return await read(
      schema,
      options.env ?? process.env,
      options.readSecret ?? readFromSecretsManager,
    );
  } catch (error) {
    if (options.env !== undefined || !(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function read<T extends TObject>(
  schema: T,
  env: Environment,
  readSecret: ReadSecret,
): Promise<Static<T>> {
  const required = new Set<string>(schema.required ?? []);
  const entries = Object.entries(schema.properties as Record<string, Field>);
  const readings = await Promise.all(
    entries.map(([name, field]) =>
      field[SECRET_MARK]
        ? readCheckedSecret(name, field, env, readSecret)
        : readPlainSetting(name, field, env, readSecret),
    ),
  );
  const config: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [index, [name, field]] of entries.entries()) {
    const reading = readings[index] ?? 'absent';
    if (reading === 'absent') {
      if (field.default !== undefined) config[name] = field.default;
      else if (required.has(name)) faults.push(`${name} is not set`);
    } else if ('fault' in reading) faults.push(`${name} ${reading.fault}`);
    else config[name] = reading.value;
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return config as Static<T>;
}

async function readPlainSetting(
  name: string,
  field: Field,
  env: Environment,
  readSecret: ReadSecret,
): Promise<Reading> {
  const reading = await readText(name, env, readSecret);
  if (reading === 'absent' || !('value' in reading)) return reading;
  const raw = reading.value;
  const value = field.type === 'integer' && /^-?\d{1,15}$/.test(raw) ? Number(raw) : raw;
  const [ok, errors] = Errors(field, value);
  if (ok) return { value };
  const reasons = errors.map((error) => describe(error)).join(', ');
  return { fault: `is ${JSON.stringify(raw.slice(0, 100))} but ${reasons}` };
}

/** The text of a setting: `NAME` itself, or else the entry of Secrets Manager that `NAME_ARN` names. */
async function readText(
  name: string,
  env: Environment,
  readSecret: ReadSecret,
): Promise<{ value: string } | { fault: string } | 'absent'> {
  const value = env[name];
  if (value) return { value };
  const arn = env[`${name}_ARN`];
  if (!arn) return 'absent';
  try {
    const found = await readSecret(arn);
    return found === '' ? { fault: `is empty in ${arn}` } : { value: found };
  } catch (error) {
    return {
      fault: `could not be read from ${arn}: ${error instanceof Error ? error.name : 'unknown error'}`,
    };
  }
}

function describe(error: { keyword: string; params: object; message: string }): string {
  const allowed =
    error.keyword === 'enum'
      ? (error.params as { allowedValues?: unknown[] }).allowedValues
      : undefined;
  return allowed ? `must be one of ${allowed.join(', ')}` : error.message;
}

async function readCheckedSecret(
  name: string,
  field: Field,
  env: Environment,
  readSecret: ReadSecret,
): Promise<Reading> {
  const reading = await readText(name, env, readSecret);
  if (reading === 'absent') return { fault: `is not set, nor is ${name}_ARN` };
  if (!('value' in reading)) return reading;
  const reject = field[SECRET_MARK]?.reject;
  const isRejected = reject && new RegExp(reject.pattern).test(reading.value);
  return isRejected ? { fault: reject.message } : { value: new Secret(reading.value) };
}

/** Loads the client lazily: a process that gets its secrets as values does not need it. */
async function readFromSecretsManager(arn: string): Promise<string> {
  const { readSecretString } = await import('../aws/secrets-manager.ts');
  return readSecretString(arn);
}
