import { Registry } from './cloudformation/index.ts';
import { IGNORED_TYPES } from './ignored/index.ts';
import type { ResourceProvider } from './kernel.ts';
import { PERMISSION_PROVIDERS } from './permissions/index.ts';

/**
 * A registry of every resource type that the given services provide, of roles and policies, and of
 * the ignored types.
 */
export function createRegistry(
  ...services: readonly { readonly providers: readonly ResourceProvider[] }[]
): Registry {
  return new Registry(
    [...services.flatMap(({ providers }) => [...providers]), ...PERMISSION_PROVIDERS],
    IGNORED_TYPES,
  );
}
