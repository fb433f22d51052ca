import { createHash, randomUUID } from 'node:crypto';
import { AwsError, type Kernel } from '../kernel.ts';

/** The current or previous value of a secret. */
export interface SecretVersion {
  readonly id: string;
  readonly text: string;
  readonly createdAt: Date;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly createdAt: Date;
  /** Absent until the secret gets its first value. */
  current?: SecretVersion;
  previous?: SecretVersion;
}

/** The area of the saved state. */
const AREA = 'secrets';

/** Secrets with their current and previous values, in memory. */
export class SecretStore {
  readonly #kernel: Kernel;
  readonly #byName = new Map<string, Secret>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /**
   * Creates a secret, with or without a value. Idempotent per version id.
   * @throws AwsError ResourceExistsException
   */
  create(
    name: string,
    text: string | undefined,
    options: { description?: string; versionId?: string } = {},
  ): Secret {
    const existing = this.#byName.get(name);
    if (existing) {
      const { current } = existing;
      const same = current && current.id === options.versionId && current.text === text;
      if (same) return existing;
      throw new AwsError('ResourceExistsException', `The secret ${name} already exists`);
    }
    // AWS appends six random characters. Here they are derived from the name, so that ARNs are the
    // same in every run.
    const suffix = createHash('sha256').update(name).digest('hex').slice(0, 6);
    const secret: Secret = {
      name,
      arn: this.#kernel.arn('secretsmanager', `secret:${name}-${suffix}`),
      createdAt: new Date(),
      ...(text === undefined ? {} : { current: version(text, options.versionId) }),
      ...(options.description === undefined ? {} : { description: options.description }),
    };
    this.#byName.set(name, secret);
    this.#save(secret);
    return secret;
  }

  /** Restores the secret of this name from the previous run, if there is one. */
  restore(name: string): Secret | undefined {
    const entry = this.#kernel.saved.entries(AREA).find(({ key }) => key === name);
    if (!entry) return undefined;
    const secret = revived(entry.value as Secret);
    this.#byName.set(name, secret);
    return secret;
  }

  /** All secrets in the order of their creation. */
  all(): Secret[] {
    return [...this.#byName.values()];
  }

  /** By name, ARN, or ARN without its suffix. */
  find(id: string): Secret | undefined {
    return (
      this.#byName.get(id) ??
      [...this.#byName.values()].find(
        ({ arn }) => arn === id || arn.slice(0, -'-123456'.length) === id,
      )
    );
  }

  /** Like `find`. @throws AwsError ResourceNotFoundException */
  get(id: unknown): Secret {
    const wanted = String(id);
    const secret = this.find(wanted);
    if (!secret) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret: ${wanted}`,
      );
    }
    return secret;
  }

  /**
   * Makes `text` the current value. Idempotent per version id.
   * @throws AwsError ResourceExistsException when the version has another value
   */
  put(secret: Secret, text: string, versionId?: string): SecretVersion {
    const known = [secret.current, secret.previous].find((one) => one && one.id === versionId);
    if (known) {
      if (known.text === text) return known;
      throw new AwsError('ResourceExistsException', `Version ${versionId} has another value`);
    }
    if (secret.current) secret.previous = secret.current;
    secret.current = version(text, versionId);
    this.#save(secret);
    return secret.current;
  }

  #save(secret: Secret): void {
    this.#kernel.saved.write([{ area: AREA, key: secret.name, value: secret }]);
  }
}

/** Converts the dates of a saved secret, which are text in JSON. */
function revived({ current, previous, createdAt, ...rest }: Secret): Secret {
  const dated = (one: SecretVersion) => ({ ...one, createdAt: new Date(one.createdAt) });
  return {
    ...rest,
    createdAt: new Date(createdAt),
    ...(current ? { current: dated(current) } : {}),
    ...(previous ? { previous: dated(previous) } : {}),
  };
}

function version(text: string, id: string = randomUUID()): SecretVersion {
  return { id, text, createdAt: new Date() };
}
