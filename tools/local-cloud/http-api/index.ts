import type { Kernel, ResourceProvider } from '../kernel.ts';
import { httpApiProviders } from './providers.ts';

/** API Gateway's HTTP APIs: requests become function invocations in payload format 2.0. */
export function createHttpApi(_kernel: Kernel): { readonly providers: ResourceProvider[] } {
  return { providers: httpApiProviders() };
}
