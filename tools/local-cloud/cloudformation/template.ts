/** What we read of a CloudFormation template in JSON. */
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
const sections = [
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
// The policies say what happens on update, removal or replacement, none of which exist here.
const resourceParts = [
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
 * Checks that a template has no part that we would silently leave out.
 * @throws Error naming the stack and the part
 */
export function checkTemplate(stack: string, template: Template): void {
  const section = Object.keys(template).find((name) => !sections.includes(name));
  if (section !== undefined) {
    throw new Error(`Stack ${stack}: template section ${section} is not supported.`);
  }
  for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
    const part = Object.keys(resource).find((name) => !resourceParts.includes(name));
    if (part !== undefined) {
      const text = `resource attribute ${part} is not supported`;
      throw new Error(`Stack ${stack}, ${logicalId} (${resource.Type}): ${text}.`);
    }
  }
}
