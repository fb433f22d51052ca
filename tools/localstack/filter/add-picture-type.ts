import type { NamedTemplate } from './filter-templates.ts';

/** Every type for API Gateway. LocalStack 4.14 ignores it when it compares the requested type. */
const ANY_TYPE = '*/*';
/** The only binary type of the shop. */
const PICTURES = 'image/*';

/**
 * Adds pictures to the binary media types of a REST API that lists every type; otherwise LocalStack returns a function's
 * Base64 undecoded. A request must list pictures first, `Accept: image/...`, as browsers do for the images of a page.
 */
export function addPictureType({ name, template }: NamedTemplate): NamedTemplate {
  const resources = Object.entries(template.Resources ?? {}).map(([id, resource]) => {
    const BinaryMediaTypes = resource.Properties?.BinaryMediaTypes;
    const isAny = Array.isArray(BinaryMediaTypes) && BinaryMediaTypes.includes(ANY_TYPE);
    if (resource.Type !== 'AWS::ApiGateway::RestApi' || !isAny) return [id, resource];
    const Properties = {
      ...resource.Properties,
      BinaryMediaTypes: [...BinaryMediaTypes, PICTURES],
    };
    return [id, { ...resource, Properties }];
  });
  return { name, template: { ...template, Resources: Object.fromEntries(resources) } };
}
