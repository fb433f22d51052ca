import type { Template, TemplateResource } from '@triptych/local-cloud/templates';
import type { NamedTemplate } from './filter-templates.ts';

/** LocalStack takes an id from this tag, where it would choose one at random. */
const idTag = '_custom_id_';

/** `triptych-serverless-front` has the REST API `triptych-serverless`. */
export const restApiId = (stack: string): string => stack.replace(/-front$/, '');

/** First label of a function's URL. */
export const functionUrlId = (stack: string, logicalId: string): string =>
  `${stack}-${logicalId}`.toLowerCase();

/** Gives REST APIs and functions with a URL an id that is known before they are deployed. */
export function nameAddresses({ name, template }: NamedTemplate): NamedTemplate {
  const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
    const address = addressOf(name, id, resource, template);
    return [id, address === undefined ? resource : tagged(resource, address)];
  });
  return { name, template: { ...template, Resources: Object.fromEntries(resources) } };
}

function addressOf(
  stack: string,
  logicalId: string,
  { Type }: TemplateResource,
  template: Template,
): string | undefined {
  if (Type === 'AWS::ApiGateway::RestApi') return restApiId(stack);
  if (Type !== 'AWS::Lambda::Function') return undefined;
  const hasUrl = Object.values(template.Resources ?? {}).some(
    (other) =>
      other.Type === 'AWS::Lambda::Url' &&
      JSON.stringify(other.Properties?.TargetFunctionArn ?? '').includes(`"${logicalId}"`),
  );
  return hasUrl ? functionUrlId(stack, logicalId) : undefined;
}

function tagged(resource: TemplateResource, id: string): TemplateResource {
  const Tags = [...((resource.Properties?.Tags ?? []) as object[]), { Key: idTag, Value: id }];
  return { ...resource, Properties: { ...resource.Properties, Tags } };
}
