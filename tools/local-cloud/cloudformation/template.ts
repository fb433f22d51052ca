/** The supported parts of a CloudFormation template in JSON. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Mappings?: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: unknown;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

export interface TemplateOutput {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

// `Rules` check the version of the CDK bootstrap stack, which does not exist here.
const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
  'Rules',
];
// The policies concern updates, removals and replacements, which do not exist here.
const RESOURCE_ATTRIBUTES = [
  'Type',
  'Properties',
  'Metadata',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
  'CreationPolicy',
];

/**
 * Checks that all parts of a template are supported, so that none is silently ignored.
 * @throws Error that names the stack and the unsupported part
 */
export function checkTemplate(stack: string, template: Template): void {
  const section = Object.keys(template).find((name) => !SECTIONS.includes(name));
  if (section !== undefined) {
    throw new Error(`Stack ${stack}: template section ${section} is not supported.`);
  }
  for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
    const part = Object.keys(resource).find((name) => !RESOURCE_ATTRIBUTES.includes(name));
    if (part !== undefined) {
      const text = `resource attribute ${part} is not supported`;
      throw new Error(`Stack ${stack}, ${logicalId} (${resource.Type}): ${text}.`);
    }
  }
}
