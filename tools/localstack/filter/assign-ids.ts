import type { Template, TemplateResource } from '@triptych/local-cloud/templates';
import type { NamedTemplate } from './filter-templates.ts';

/** LocalStack reads an id from this tag. Without it, the id is random. */
const ID_TAG = '_custom_id_';

/** The id of a REST API: `triptych-serverless` in the stack `triptych-serverless-rest-front`. */
export const restApiId = (stack: string): string => stack.replace(/(-rest)?-front$/, '');

/** The first label of a function URL's host name. */
export const functionUrlId = (stack: string, logicalId: string): string =>
  `${stack}-${logicalId}`.toLowerCase();

/** Assigns fixed ids to REST APIs and functions with a URL, so that their URLs are known before the deployment. */
export function assignIds({ name, template }: NamedTemplate): NamedTemplate {
  const resources = Object.entries(template.Resources ?? {}).map(([logicalId, resource]) => {
    const id = idOf(name, logicalId, resource, template);
    return [logicalId, id === undefined ? resource : tagged(resource, id)];
  });
  return { name, template: { ...template, Resources: Object.fromEntries(resources) } };
}

function idOf(
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
  const Tags = [...((resource.Properties?.Tags ?? []) as object[]), { Key: ID_TAG, Value: id }];
  return { ...resource, Properties: { ...resource.Properties, Tags } };
}
