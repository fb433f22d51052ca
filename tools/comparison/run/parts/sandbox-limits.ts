import type { LocalCloud } from '@triptych/local-cloud';
import type { ComparedTarget } from '../part.ts';

type Limits = NonNullable<Parameters<LocalCloud['limitSandboxes']>[0]>;

/** Works while the functions of local targets have other bounds; however that ends, they have their own again. */
export async function withSandboxLimits<T>(
  targets: readonly ComparedTarget[],
  limits: Limits,
  work: () => Promise<T>,
): Promise<T> {
  const clouds = targets.flatMap(({ local }) => local?.shop.cloud ?? []);
  for (const cloud of clouds) cloud.limitSandboxes(limits);
  try {
    return await work();
  } finally {
    for (const cloud of clouds) cloud.limitSandboxes();
  }
}
