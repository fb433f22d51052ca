import type { Variant } from '@triptych/base/variants';
import type { LeftOut } from './filter-templates.ts';
import { titleOf } from './supported-types.ts';

/**
 * Returns one line that says which parts of a variant are not deployed, or undefined if all are:
 * `hybrid: LocalStack's free edition lacks CDN, load balancer; stacks left out: front`.
 */
export function describeLeftOut(
  variant: Variant,
  { leftOut, droppedStacks }: { leftOut: readonly LeftOut[]; droppedStacks: readonly string[] },
): string | undefined {
  const prefix = `triptych-${variant}-`;
  const own = leftOut.filter(({ stack }) => stack.startsWith(prefix));
  const titles = new Set(
    own.filter(({ because }) => because === 'type').map(({ type }) => titleOf(type)),
  );
  if (titles.size === 0) return undefined;
  const parts = droppedStacks
    .filter((stack) => stack.startsWith(prefix))
    .map((stack) => stack.slice(prefix.length));
  const without = parts.length === 0 ? '' : `; stacks left out: ${parts.join(', ')}`;
  return `${variant}: LocalStack's free edition lacks ${[...titles].sort().join(', ')}${without}`;
}
