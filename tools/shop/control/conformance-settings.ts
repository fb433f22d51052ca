import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localAws } from '@triptych/base/local-aws';
import { type Variant, variants } from '@triptych/base/variants';
import { outputsIfDeployed, stackOutputs } from '../admin/stack-outputs.ts';
import { DEMO_ADMIN } from '../start/demo-accounts.ts';
import { listRunning } from './running.ts';

/**
 * The environment variables that `tests/conformance` and `tests/faults` need for a variant of a local shop.
 * @param endpointUrl the AWS endpoint of the local cloud or of LocalStack
 * @throws UserError when the variant is not deployed there
 */
export async function localSettings(
  endpointUrl: string,
  variant: Variant,
): Promise<Record<string, string>> {
  const state = await stackOutputs(`triptych-${variant}-state`, endpointUrl);
  const provider = await outputsIfDeployed(`triptych-${variant}-provider`, endpointUrl);
  const secrets = new SecretsManagerClient(localAws(endpointUrl));
  const secret = async (arn: string | undefined) =>
    (await secrets.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString ?? '';
  return {
    TRIPTYCH_ADMIN_EMAIL: DEMO_ADMIN.email,
    TRIPTYCH_ADMIN_PASSWORD: DEMO_ADMIN.password,
    TRIPTYCH_WEBHOOK_SECRET: await secret(state.WebhookSecretArn),
    ...(provider
      ? {
          TRIPTYCH_PROVIDER_KEY: await secret(state.ProviderKeyArn),
          TRIPTYCH_PROVIDER_URL: provider.ProviderUrl ?? '',
        }
      : {}),
  };
}

/** The settings for base URL `target` if it is a variant of a running shop; otherwise none. */
export async function conformanceSettings(
  root: string,
  target: string,
): Promise<Record<string, string>> {
  const url = target.replace(/\/$/, '');
  for (const shop of await listRunning(root)) {
    const variant = variants.find((name) => shop.variants[name] === url);
    if (variant) return localSettings(shop.endpointUrl, variant);
  }
  return {};
}
