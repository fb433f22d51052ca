import { jsonService } from '../endpoint/index.ts';
import {
  AwsError,
  type Kernel,
  type ResourceProvider,
  type Services,
  type WireService,
} from '../kernel.ts';
import { SECRETS_MEMBERS } from './members.ts';
import { secretOperations } from './operations.ts';
import { secretProvider } from './secret-provider.ts';
import { type Secret, SecretStore } from './secret-store.ts';

/**
 * Parts of an ARN up to the secret's name. An ECS `ValueFrom` appends `:json-key:stage:version`.
 */
const ARN_PARTS = 7;

export type Secrets = Services['secrets'] & {
  readonly wire: WireService;
  readonly providers: readonly ResourceProvider[];
};

/** Creates Secrets Manager: text secrets with their current and previous versions. */
export function createSecrets(kernel: Kernel): Secrets {
  const store = new SecretStore(kernel);
  return {
    wire: jsonService('secretsmanager', '1.1', secretOperations(store), SECRETS_MEMBERS),
    providers: [secretProvider(store)],
    arnOf: (secretId) => store.find(secretId)?.arn,
    value: (arn) => {
      const parts = arn.split(':');
      const [jsonKey = '', stage = '', version = ''] = parts.slice(ARN_PARTS);
      const secret = store.get(parts.slice(0, ARN_PARTS).join(':'));
      if (stage || version) {
        throw new AwsError('ValidationException', `Only the current version can be read: ${arn}`);
      }
      const text = currentText(secret);
      return jsonKey ? memberOf(secret, text, jsonKey) : text;
    },
  };
}

/** @throws AwsError ResourceNotFoundException for a secret without a value */
function currentText({ name, current }: Secret): string {
  if (current) return current.text;
  throw new AwsError('ResourceNotFoundException', `The secret ${name} has no value`);
}

function memberOf(secret: Secret, text: string, key: string): string {
  const value = (JSON.parse(text) as Record<string, unknown>)[key];
  if (value === undefined) {
    throw new AwsError('ResourceNotFoundException', `${secret.name} has no JSON key ${key}`);
  }
  return String(value);
}
