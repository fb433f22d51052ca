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
    Record<
      string,
      {
        Type: string;
        Properties?: object;
        Metadata?: Record<string, unknown>;
        DeletionPolicy?: string;
      }
    >
  >;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Reads the templates in a folder, by stack. */
export function readTemplates(folder: string): Record<string, Template> {
  return readJsonFiles(folder, '.template.json');
}

/** Reads the files whose names end with `suffix`, by the rest of their names. */
function readJsonFiles<Content>(folder: string, suffix: string): Record<string, Content> {
  const files = readdirSync(folder).filter((file) => file.endsWith(suffix));
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [
        file.slice(0, -suffix.length),
        JSON.parse(readFileSync(join(folder, file), 'utf8')),
      ]),
  );
}

/** The assets that a stack publishes, by hash: the packages of functions, the images, and its template. */
export interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
  readonly dockerImages: Readonly<Record<string, unknown>>;
}

/** Reads the asset manifests in a folder, by stack. */
export function readAssetManifests(folder: string): Record<string, AssetManifest> {
  return readJsonFiles(folder, '.assets.json');
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
