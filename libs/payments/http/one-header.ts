/**
 * Node joins repeated headers of these names with a comma, which neither a key nor a signature
 * survives.
 */
export const oneHeader = (header: string | string[] | undefined) =>
  Array.isArray(header) ? header.join(', ') : header;
