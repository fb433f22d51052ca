import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource of a template. */
export interface TemplateResource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read properties of every resource type
  readonly properties: Record<string, any>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources: Readonly<
    Record<string, { Type: string; Properties?: object; Metadata?: Record<string, unknown> }>
  >;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

const SUFFIX = '.template.json';

/** Reads the templates in a folder, by stack. */
export function readTemplates(folder: string): Record<string, Template> {
  const files = readdirSync(folder).filter((file) => file.endsWith(SUFFIX));
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [
        file.slice(0, -SUFFIX.length),
        JSON.parse(readFileSync(join(folder, file), 'utf8')),
      ]),
  );
}

/** All resources of the given stacks. */
export function resourcesOf(templates: Readonly<Record<string, Template>>): TemplateResource[] {
  return Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries(template.Resources).map(([id, resource]) => ({
      stack,
      id,
      type: resource.Type,
      properties: resource.Properties ?? {},
      metadata: resource.Metadata ?? {},
    })),
  );
}

/** All statements of the identity policies among the resources. */
export function statementsOf(resources: readonly TemplateResource[]) {
  return resources
    .filter(({ type }) => type === 'AWS::IAM::Policy')
    .flatMap(({ stack, properties }) =>
      properties.PolicyDocument.Statement.map(
        (statement: { Action: string | string[]; Resource: unknown }) => ({
          stack,
          actions: [statement.Action].flat(),
          resources: [statement.Resource].flat(),
        }),
      ),
    ) as { stack: string; actions: string[]; resources: unknown[] }[];
}
