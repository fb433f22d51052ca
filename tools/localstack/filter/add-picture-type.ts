import type { NamedTemplate } from './filter-templates.ts';

/** To API Gateway all of them; LocalStack 4.14 skips it when it looks for the type that was asked for. */
const anyType = '*/*';
/** The ones that the shop answers with and that are no text. */
const pictures = 'image/*';

/**
 * Names pictures where a REST API's media types are all binary: else LocalStack hands out a function's Base64 as it is.
 * Asked for must a picture be first of all: `Accept: image/...`, as browsers do for what they show.
 */
export function nameMediaTypes({ name, template }: NamedTemplate): NamedTemplate {
  const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
    const BinaryMediaTypes = resource.Properties?.BinaryMediaTypes;
    const isAny = Array.isArray(BinaryMediaTypes) && BinaryMediaTypes.includes(anyType);
    if (resource.Type !== 'AWS::ApiGateway::RestApi' || !isAny) return [id, resource];
    const Properties = {
      ...resource.Properties,
      BinaryMediaTypes: [...BinaryMediaTypes, pictures],
    };
    return [id, { ...resource, Properties }];
  });
  return { name, template: { ...template, Resources: Object.fromEntries(resources) } };
}
