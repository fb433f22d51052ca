/** Response headers of single products, for the OpenAPI document. */
const etag = {
  description:
    'The version of the product, for `If-Match`, and a digest of its state, for `If-None-Match`.',
  schema: { type: 'string' },
};

export const TAGGED = { headers: { etag } };

export const CREATED = {
  headers: {
    etag,
    location: { description: 'The path of the new product.', schema: { type: 'string' } },
  },
};
