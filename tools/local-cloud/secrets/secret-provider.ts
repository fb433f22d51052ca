import type { CreatedResource, ResourceContext, ResourceProvider } from '../kernel.ts';
import { generateSecretString } from './generate-password.ts';
import type { SecretStore } from './secret-store.ts';

/** Creates `AWS::SecretsManager::Secret`. `Ref` returns the ARN. */
export function secretProvider(store: SecretStore): ResourceProvider {
  return {
    type: 'AWS::SecretsManager::Secret',
    properties: {
      Name: 'honoured',
      Description: 'honoured',
      SecretString: 'honoured',
      GenerateSecretString: 'honoured',
      KmsKeyId: 'honoured',
      Tags: { ignored: 'tags have no local effect' },
    },
    async create(context) {
      const secret = createSecret(store, context);
      context.kernel.permissions.encrypt(String(secret.physicalId), context.properties.KmsKeyId);
      return secret;
    },
  };
}

function createSecret(store: SecretStore, context: ResourceContext): CreatedResource {
  const { Name, Description, SecretString, GenerateSecretString } = context.properties;
  const name = String(Name ?? `${context.stack}-${context.logicalId}`);
  // A restart keeps generated values and later changes. A value in the template always applies.
  const kept = SecretString === undefined ? store.restore(name) : undefined;
  if (kept) return { physicalId: kept.arn, attributes: { Id: kept.arn } };
  const text =
    SecretString === undefined
      ? generateSecretString((GenerateSecretString ?? {}) as Record<string, unknown>)
      : String(SecretString);
  const secret = store.create(
    name,
    text,
    Description === undefined ? {} : { description: String(Description) },
  );
  return { physicalId: secret.arn, attributes: { Id: secret.arn } };
}
