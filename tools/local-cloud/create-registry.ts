import { Registry } from './cloudformation/index.ts';
import { IGNORED_TYPES } from './ignored/index.ts';
import type { ResourceProvider } from './kernel.ts';

/** A registry of every resource type that the given services provide, and of the ignored types. */
export function createRegistry(
  ...services: readonly { readonly providers: readonly ResourceProvider[] }[]
): Registry {
  return new Registry(
    services.flatMap(({ providers }) => [...providers]),
    IGNORED_TYPES,
  );
}
