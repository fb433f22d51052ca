import { RemovalPolicy, SecretValue, type Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { acknowledge, OWN_KEY_COSTS } from './acknowledge.ts';
import { encryptUnderOwnKey } from './own-key.ts';
import { reads, type Use } from './uses.ts';

/** An address that a later stack creates. Services get its name, which is known, and read it when they start. */
export interface LateAddress {
  readonly use: Use;
  /** Stores the address. Until then, the services cannot start. */
  createIn(stack: Stack, id: string, url: string): void;
}

/**
 * Describes an address that does not exist yet. It is not a secret: Secrets Manager is the one store that every service can
 * read already, and its entry has a name of our own, so that neither stack refers to the other.
 * @param scope belongs to a stack of the variant that exists before its services
 * @param variable name of the environment variable
 * @param secretName unique in the account and region
 */
export function lateAddress(scope: Stack, variable: string, secretName: string): LateAddress {
  const known = Secret.fromSecretNameV2(scope, variable, secretName);
  return {
    use: { ...reads(known).as(variable), value: secretName },
    createIn(stack, id, url) {
      const entry = new Secret(stack, id, {
        secretName,
        description: 'The address of the CDN, which the services read when they start',
        secretStringValue: SecretValue.unsafePlainText(url),
        removalPolicy: RemovalPolicy.DESTROY,
      });
      acknowledge(entry, {
        ...(encryptUnderOwnKey(entry) ? {} : { CKV_AWS_149: OWN_KEY_COSTS }),
        SMG4: 'It is a public address, which changes only with the CDN.',
      });
    },
  };
}
