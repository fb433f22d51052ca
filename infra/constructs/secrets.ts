import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** A secret of letters and digits that Secrets Manager makes up; an operator may put another value in its place. */
export function generatedSecret(scope: Construct, id: string, description: string): Secret {
  const secret = new Secret(scope, id, {
    description,
    generateSecretString: { excludePunctuation: true, passwordLength: 64 },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  acknowledge(secret, {
    SMG4: 'Rotated by hand together with what it opens: keys encrypted under it, or the provider behind it.',
  });
  return secret;
}
