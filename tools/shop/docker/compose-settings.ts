import type { Variant } from '@triptych/base/variants';
import { type ComposeAddresses, composeAddresses } from '@triptych/docker/addresses';
import { createAdminAccount } from '../admin/create-admin.ts';
import { localSettings } from '../control/conformance-settings.ts';
import { demoAdmin } from '../start/demo-accounts.ts';

/**
 * The environment that `tests/conformance` and `tests/faults` read, for a variant of the compose project; makes its admin
 * when there is none.
 * @param at where the project is; by default compose is asked
 * @throws UserError when the project does not run or the variant is not deployed in it
 */
export async function composeSettings(
  variant: Variant,
  at?: ComposeAddresses,
): Promise<Record<string, string>> {
  const { endpointUrl, baseUrl } = at ?? (await composeAddresses());
  await createAdminAccount({ variant, endpointUrl, ...demoAdmin });
  const settings = await localSettings(endpointUrl, variant);
  const { TRIPTYCH_PROVIDER_URL: provider } = settings;
  return {
    TRIPTYCH_TARGET: baseUrl[variant],
    ...settings,
    ...(provider ? { TRIPTYCH_PROVIDER_URL: withPort(provider, endpointUrl) } : {}),
  };
}

/** LocalStack gives function URLs the port it has inside; from here it is the published one. The host chooses the function. */
function withPort(url: string, endpointUrl: string): string {
  const published = new URL(url);
  published.port = new URL(endpointUrl).port;
  return published.href;
}
