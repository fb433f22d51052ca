import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localAws } from '@triptych/base/local-aws';
import { type Variant, variants } from '@triptych/base/variants';
import { outputsIfDeployed, stackOutputs } from '../admin/stack-outputs.ts';
import { demoAdmin } from '../start/demo-accounts.ts';
import { readRunning } from './running.ts';

/** The environment that `tests/conformance` and `tests/faults` read, for a variant of a local shop. */
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
    TRIPTYCH_ADMIN_EMAIL: demoAdmin.email,
    TRIPTYCH_ADMIN_PASSWORD: demoAdmin.password,
    TRIPTYCH_WEBHOOK_SECRET: await secret(state.WebhookSecretArn),
    ...(provider
      ? {
          TRIPTYCH_PROVIDER_KEY: await secret(state.ProviderKeyArn),
          TRIPTYCH_PROVIDER_URL: provider.ProviderUrl ?? '',
        }
      : {}),
  };
}

/** Settings for `target` when it is a variant of the shop that runs here; otherwise none. */
export async function conformanceSettings(
  root: string,
  target: string,
): Promise<Record<string, string>> {
  const running = await readRunning(root).catch(() => undefined);
  const variant = variants.find((name) => running?.variants[name] === target.replace(/\/$/, ''));
  return running && variant ? localSettings(running.endpointUrl, variant) : {};
}
