import type { Variant } from '@triptych/context-map';
import { localSettings } from '@triptych/shop/control/conformance-settings';

const TIMEOUT_MS = 10_000;

/** What the simulated payment provider does instead of answering. Empty: it answers. */
export interface ProviderBehaviour {
  readonly latencyMs?: number;
  /** A gateway answers in its place. The provider does not see the request. */
  readonly failAtGateway?: boolean;
  /** Default: all operations. */
  readonly operations?: readonly string[];
}

/** The control endpoint of the simulated payment provider. */
export interface ProviderControl {
  /** @throws Error when the provider does not accept the behaviour */
  behave(behaviour: ProviderBehaviour): Promise<void>;
}

/** Finds the control endpoint of a local variant's payment provider. A real provider has none. */
export async function providerControl(
  variant: Variant,
  endpointUrl: string,
): Promise<ProviderControl | undefined> {
  const settings = await localSettings(endpointUrl, variant);
  const { TRIPTYCH_PROVIDER_URL: url, TRIPTYCH_PROVIDER_KEY: key } = settings;
  if (!url || !key) return undefined;
  return {
    async behave(behaviour) {
      const answer = await fetch(new URL('/_control/behaviour', url), {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(behaviour),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`The provider's control endpoint answered ${answer.status}.`);
    },
  };
}
