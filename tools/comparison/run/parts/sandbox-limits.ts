import type { LocalCloud } from '@triptych/local-cloud';
import type { ComparedTarget } from '../part.ts';

type Limits = NonNullable<Parameters<LocalCloud['limitSandboxes']>[0]>;

/** Runs `work` with other sandbox limits for local targets, then restores the limits. */
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
