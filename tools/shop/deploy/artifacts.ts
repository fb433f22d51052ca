import type { Template, TemplateResource } from './ports.ts';
import { codeObjectsOf } from './upload-code.ts';

/** Hashes of the artifacts in a stack, by the logical ID of the function or task definition. */
export type Artifacts = Readonly<Record<string, string>>;

interface Code {
  readonly S3Bucket?: unknown;
  readonly S3Key?: string;
}

const IMAGE_TAG = /:([0-9a-f]{16,})$/;

/** The hashes in a template: the archives of its functions and Web Functions, and the image tags of its task definitions. */
export function artifactsOf(template: Template): Artifacts {
  const found: Record<string, string> = {};
  for (const [id, resource] of Object.entries(template.Resources)) {
    const hash = archiveHash(resource) ?? webHash(resource) ?? imageHash(resource);
    if (hash !== undefined) found[id] = hash;
  }
  return found;
}

/** A copy of the template with other artifacts. Logical IDs that are missing in `artifacts` keep theirs. */
export function withArtifacts(template: Template, artifacts: Artifacts): Template {
  const present = artifactsOf(template);
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    const [from, to] = [present[id], artifacts[id]];
    if (from === undefined || to === undefined || from === to) return [id, resource];
    // A hash occurs nowhere by chance, so the text can be replaced, in the key of an archive or in the tag of an image.
    return [id, JSON.parse(JSON.stringify(resource).replaceAll(from, to)) as TemplateResource];
  });
  const changed = Object.keys(present).filter(
    (id) => artifacts[id] && artifacts[id] !== present[id],
  );
  return withNewVersions({ ...template, Resources: Object.fromEntries(resources) }, changed);
}

/**
 * Gives the published versions of changed functions new logical IDs, as the CDK does. A version is published once, so
 * an alias would keep the old code.
 */
function withNewVersions(template: Template, functions: readonly string[]): Template {
  let text = JSON.stringify(template);
  for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
    const of = (Properties.FunctionName as { Ref?: string } | undefined)?.Ref ?? '';
    if (Type !== 'AWS::Lambda::Version' || !functions.includes(of)) continue;
    const hash = artifactsOf(template)[of]?.slice(0, 8).toUpperCase();
    text = text.replaceAll(id, `${id.replace(/Rollback[0-9A-F]{8}$/, '')}Rollback${hash}`);
  }
  return JSON.parse(text) as Template;
}

/** Whether two lists name the same artifacts. */
export function sameArtifacts(one: Artifacts, other: Artifacts): boolean {
  const text = (artifacts: Artifacts) => JSON.stringify(Object.entries(artifacts).sort());
  return text(one) === text(other);
}

/** The first characters of each different hash: `1a2b3c4d, 5e6f7a8b`. */
export function shortHashes(artifacts: Artifacts): string {
  return [...new Set(Object.values(artifacts))].map((hash) => hash.slice(0, 8)).join(', ');
}

function codeOf(resource: TemplateResource): Code | undefined {
  return resource.Type === 'AWS::Lambda::Function'
    ? (resource.Properties?.Code as Code | undefined)
    : undefined;
}

function archiveHash(resource: TemplateResource): string | undefined {
  return codeOf(resource)?.S3Key?.replace(/\.zip$/, '');
}

/** The bucket of a Web Function's code keeps every archive, as `auth/<hash>.zip`. */
function webHash(resource: TemplateResource): string | undefined {
  const [code] = codeObjectsOf({ Resources: { resource } });
  return code?.key.replace(/^.*\/|\.zip$/g, '');
}

function imageHash({ Type, Properties }: TemplateResource): string | undefined {
  if (Type !== 'AWS::ECS::TaskDefinition') return undefined;
  const [container] = (Properties?.ContainerDefinitions ?? []) as { readonly Image?: unknown }[];
  const image = container?.Image;
  const text = typeof image === 'string' ? image : (image as { 'Fn::Sub'?: string })?.['Fn::Sub'];
  return IMAGE_TAG.exec(text ?? '')?.[1];
}
