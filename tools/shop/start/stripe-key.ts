import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import type { LocalCloud } from '@triptych/local-cloud';

/**
 * Validates the environment variable STRIPE_SECRET_KEY. With it, the shop charges at Stripe, in test mode, instead of at
 * the payment simulator.
 * @throws UserError for a live key and for anything that is not a secret key of Stripe
 */
export function stripeKeyFrom(value: string | undefined): string | undefined {
  const key = value?.trim();
  if (!key) return undefined;
  const live = /^(sk_live|rk_live)_/.exec(key)?.[1];
  if (live) {
    throw new UserError(
      `STRIPE_SECRET_KEY is a live key (${live}_…): this shop takes no real money. Use a test key.`,
    );
  }
  if (/^(sk|rk)_test_\w+$/.test(key)) return key;
  throw new UserError(
    'STRIPE_SECRET_KEY is not a Stripe test key: test keys begin with sk_test_ or rk_test_.',
  );
}

type Deploy = Parameters<LocalCloud['deploy']>[1];

/**
 * Deploys the stacks with Stripe's key in place of the generated one. The state stacks come first, because the secret must
 * hold the key before any service that reads it starts.
 */
export async function deployWithStripe(
  cloud: LocalCloud,
  { assembly, variants, key }: { assembly: string; variants: readonly Variant[]; key: string },
  options: Omit<NonNullable<Deploy>, 'stacks'>,
): Promise<void> {
  const states = variants.map((variant) => `triptych-${variant}-state`);
  await cloud.deploy(assembly, { ...options, stacks: states });
  const secrets = new SecretsManagerClient(localAws(cloud.endpointUrl));
  try {
    for (const state of states) {
      const SecretId = cloud.outputs(state).ProviderKeyArn;
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: key }));
    }
  } finally {
    secrets.destroy();
  }
  const rest = (await stacksOf(assembly)).filter((name) => !states.includes(name));
  await cloud.deploy(assembly, { ...options, stacks: rest });
}

/** The names of the stacks in a cloud assembly. */
export async function stacksOf(assembly: string): Promise<string[]> {
  const { artifacts } = JSON.parse(await readFile(join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string }>;
  };
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([name]) => name);
}
