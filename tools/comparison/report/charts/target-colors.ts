import type { Target } from '../../data/index.ts';

/** Names of the page's colours: a hue per variant; a second target of a variant has its lighter shade. */
export function targetColors(targets: readonly Target[]): (target: string | undefined) => string {
  const seen = new Map<string, number>();
  const colors = new Map<string, string>();
  for (const { name, variant } of targets) {
    const earlier = seen.get(variant) ?? 0;
    seen.set(variant, earlier + 1);
    colors.set(name, `var(--${variant}${earlier === 0 ? '' : '-more'})`);
  }
  return (target) => colors.get(target ?? '') ?? 'var(--soft)';
}
