import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A stack's template, with the variant and part from its name `triptych-<variant>-<part>`. */
export interface StackTemplate {
  readonly variant: string;
  readonly part: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

const SUFFIX = '.template.json';

/**
 * Reads the templates of all variants from a synthesized CDK assembly, without the simulated payment provider, which no real
 * deployment has.
 * @throws RangeError if there are no templates
 */
export function readStacks(assembly: string): StackTemplate[] {
  const stacks = readdirSync(assembly)
    .filter((file) => file.startsWith('triptych-') && file.endsWith(SUFFIX))
    .sort()
    .map((file): StackTemplate => {
      const [, variant = '', part = ''] =
        /^[^-]+-([^-]+)-(.+)$/.exec(file.slice(0, -SUFFIX.length)) ?? [];
      const template = JSON.parse(readFileSync(join(assembly, file), 'utf8'));
      return { variant, part, resources: template.Resources ?? {} };
    });
  if (stacks.length === 0) throw new RangeError(`There are no variant templates in ${assembly}`);
  return stacks.filter(({ part }) => part !== 'provider');
}

/** Selects one variant's stacks. */
export function stacksOf(stacks: readonly StackTemplate[], variant: string): StackTemplate[] {
  return stacks.filter((stack) => stack.variant === variant);
}

/** All resources of a type, with their stacks. */
export function resourcesOf(stacks: readonly StackTemplate[], type: string) {
  return stacks.flatMap((stack) =>
    Object.entries(stack.resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ stack, id, properties: resource.Properties ?? {} })),
  );
}
