import { randomBytes } from 'node:crypto';
import { loopbackUrl, type Ports, type Variant } from '@triptych/base/variants';
import type { HttpMode } from '@triptych/context-map';
import type { LocalCloud } from '@triptych/local-cloud';
import { localSettings } from '@triptych/shop/control/conformance-settings';
import { startControlServer } from '@triptych/shop/control/control-server';
import { prepareAccounts } from '@triptych/shop/start/demo-accounts';
import { freePorts } from '@triptych/shop/start/ports';
import { type ShopProgress, startShop } from '@triptych/shop/start/shop';

/**
 * The suites send many concurrent requests. Their checks need several sandboxes, but not a cold start per request, which
 * would take most of the processor time.
 */
const MAX_SANDBOXES = 2;

/** A variant in its own local cloud, so that a fault affects no other variant. */
export interface JudgedShop {
  /** Names it among the projects of a suite: the variant, or how a setting runs it. */
  readonly name: string;
  readonly variant: Variant;
  /** `TRIPTYCH_<VARIANT>_…` for the suites. */
  readonly environment: Readonly<Record<string, string>>;
  readonly cloud: LocalCloud;
  stop(): Promise<void>;
}

/**
 * Starts one variant with the demo accounts and a control server.
 * @throws Error from {@link startShop}, or when the accounts cannot be made. Nothing keeps running then
 */
export async function startJudgedShop(options: {
  variant: Variant;
  variants: readonly Variant[];
  /** How serverless runs its HTTP, and the name of the shop, if it is judged beside the usual one. */
  beside?: { readonly http: HttpMode; readonly name: string };
  byVariant: Ports['byVariant'];
  logFolder: string;
  progress: ShopProgress;
}): Promise<JudgedShop> {
  const { variant, variants, beside, byVariant, logFolder, progress } = options;
  const { name = variant } = beside ?? {};
  const { control: controlPort, endpoint } = await freePorts();
  const shop = await startShop({
    variants: [variant],
    synthFor: variants,
    ...(beside && { http: beside.http }),
    ports: { control: controlPort, endpoint, byVariant },
    logFolder,
    progress,
    maxSandboxes: MAX_SANDBOXES,
  });
  const token = randomBytes(24).toString('base64url');
  const control = await startControlServer({ shop, port: controlPort, token });
  const stop = async () => {
    await control.stop();
    await shop.stop();
  };
  await prepareAccounts(shop).catch(async (error) => {
    await stop();
    throw error;
  });
  const settings = {
    ...(await localSettings(shop.cloud.endpointUrl, variant)),
    TRIPTYCH_TARGET: shop.baseUrl[variant],
    TRIPTYCH_VARIANT: variant,
    TRIPTYCH_CONTROL_URL: loopbackUrl(controlPort),
    TRIPTYCH_CONTROL_TOKEN: token,
    TRIPTYCH_ENDPOINT_URL: shop.cloud.endpointUrl,
  };
  const own = `TRIPTYCH_${name.toUpperCase()}_`;
  return {
    ...{ name, variant },
    cloud: shop.cloud,
    environment: Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [key.replace('TRIPTYCH_', own), value]),
    ),
    stop,
  };
}
