/**
 * Returns a header's value as one string. Node joins repeated headers of these names with a comma,
 * so neither an idempotency key nor a signature that was sent twice stays valid.
 */
export const oneHeader = (header: string | string[] | undefined) =>
  Array.isArray(header) ? header.join(', ') : header;
