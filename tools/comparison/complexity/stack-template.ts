import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** One stack's template, with its place in the names `triptych-<variant>-<part>`. */
export interface StackTemplate {
  readonly variant: string;
  readonly part: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

const suffix = '.template.json';

/**
 * The templates of all variants in a synthesized CDK assembly. The simulated payment provider is left out: with a real one
 * it is in nobody's bill and nobody's count.
 * @throws RangeError when there is none
 */
export function readStacks(assembly: string): StackTemplate[] {
  const stacks = readdirSync(assembly)
    .filter((file) => file.startsWith('triptych-') && file.endsWith(suffix))
    .sort()
    .map((file): StackTemplate => {
      const [, variant = '', part = ''] =
        /^[^-]+-([^-]+)-(.+)$/.exec(file.slice(0, -suffix.length)) ?? [];
      const template = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
      return { variant, part, resources: template.Resources ?? {} };
    });
  if (stacks.length === 0) throw new RangeError(`There is no template of a variant in ${assembly}`);
  return stacks.filter(({ part }) => part !== 'provider');
}

/** One variant's stacks. */
export function stacksOf(stacks: readonly StackTemplate[], variant: string): StackTemplate[] {
  return stacks.filter((stack) => stack.variant === variant);
}

/** All resources of a type, with the stack each is of. */
export function resourcesOf(stacks: readonly StackTemplate[], type: string) {
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ stack, id, properties: resource.Properties ?? {} })),
  );
}
