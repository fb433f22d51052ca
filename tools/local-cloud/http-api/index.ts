import type { Kernel, ResourceProvider } from '../kernel.ts';
import { httpApiProviders } from './providers.ts';

/** Creates API Gateway's HTTP APIs, which invoke functions in payload format 2.0. */
export function createHttpApi(_kernel: Kernel): { readonly providers: ResourceProvider[] } {
  return { providers: httpApiProviders() };
}
