import type { Variant } from '@triptych/base/variants';
import { type ComposeAddresses, composeAddresses } from '@triptych/docker/addresses';
import { createAdminAccount } from '../admin/create-admin.ts';
import { localSettings } from '../control/conformance-settings.ts';
import { DEMO_ADMIN } from '../start/demo-accounts.ts';

/**
 * The environment variables that `tests/conformance` and `tests/faults` need for a variant of the compose project. Creates
 * the admin account if it is missing.
 * @param at the addresses of the project (default: asks compose)
 * @throws UserError when the project is not running or the variant is not deployed in it
 */
export async function composeSettings(
  variant: Variant,
  at?: ComposeAddresses,
): Promise<Record<string, string>> {
  const { endpointUrl, baseUrl } = at ?? (await composeAddresses());
  await createAdminAccount({ variant, endpointUrl, ...DEMO_ADMIN });
  const settings = await localSettings(endpointUrl, variant);
  const { TRIPTYCH_PROVIDER_URL: provider } = settings;
  return {
    TRIPTYCH_TARGET: baseUrl[variant],
    ...settings,
    ...(provider ? { TRIPTYCH_PROVIDER_URL: withPort(provider, endpointUrl) } : {}),
  };
}

/** LocalStack's function URLs have its internal port. From the host, only the published port works. */
function withPort(url: string, endpointUrl: string): string {
  const published = new URL(url);
  published.port = new URL(endpointUrl).port;
  return published.href;
}
