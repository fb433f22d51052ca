import type { Deployment, Service } from '../deployment.ts';
import type { Place } from './place.ts';
import type { Use } from './uses.ts';

/** Plain variables of a service; `forSecret` says what a secret becomes. */
export function environment(
  { variant }: Deployment,
  service: Service | 'simulator',
  place: Place,
  needs: readonly Use[],
  forSecret: (need: Use) => Record<string, string>,
): Record<string, string> {
  const own = needs.map((need) => (need.secret ? forSecret(need) : { [need.name]: need.value }));
  return Object.assign(
    {
      SERVICE_NAME: service,
      VARIANT: variant,
      BASE_URL: place.baseUrl,
      TRUSTED_PROXIES: String(place.trustedProxies),
    },
    ...own,
  );
}
