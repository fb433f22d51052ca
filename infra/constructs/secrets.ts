import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge, OWN_KEY_COSTS } from './acknowledge.ts';
import { encryptUnderOwnKey } from './own-key.ts';

/** Creates a secret of random letters and digits. An operator may replace the value. */
export function generatedSecret(scope: Construct, id: string, description: string): Secret {
  const secret = new Secret(scope, id, {
    description,
    generateSecretString: { excludePunctuation: true, passwordLength: 64 },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const isOwn = encryptUnderOwnKey(secret);
  acknowledge(secret, {
    ...(isOwn ? {} : { CKV_AWS_149: OWN_KEY_COSTS }),
    SMG4: 'An operator rotates it together with the keys that it encrypts, or at the payment provider.',
  });
  return secret;
}
