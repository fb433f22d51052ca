import { Registry } from './cloudformation/index.ts';
import { ignoredTypes } from './ignored/index.ts';
import type { ResourceProvider } from './kernel.ts';

/** Every resource type the local cloud knows, from the providers of all its services. */
export function createRegistry(
  ...services: readonly { readonly providers: readonly ResourceProvider[] }[]
): Registry {
  return new Registry(
    services.flatMap(({ providers }) => [...providers]),
    ignoredTypes,
  );
}
