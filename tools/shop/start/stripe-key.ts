import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import type { LocalCloud } from '@triptych/local-cloud';

/**
 * STRIPE_SECRET_KEY of the environment, with which the shop charges at Stripe, in test mode, instead
 * of at the simulator.
 * @throws UserError for a live key, and for what is no secret key of Stripe's
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
  throw new UserError('STRIPE_SECRET_KEY is no test key of Stripe: they begin with sk_test_.');
}

type Deploy = Parameters<LocalCloud['deploy']>[1];

/**
 * Brings the stacks up with Stripe's key in place of the generated one: it must be there before
 * anything that reads it starts, so state comes first.
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

/** Names of the stacks in a cloud assembly. */
export async function stacksOf(assembly: string): Promise<string[]> {
  const { artifacts } = JSON.parse(await readFile(join(assembly, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string }>;
  };
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([name]) => name);
}
