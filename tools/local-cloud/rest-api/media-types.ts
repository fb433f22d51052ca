/**
 * Returns true when a type is a binary media type of the API. Only the first type of an Accept
 * header counts (API Gateway Developer Guide, "Working with binary media types for REST APIs").
 * Without a header the type is JSON.
 */
export function isBinary(binaryMediaTypes: readonly string[], header: string | undefined): boolean {
  const type = (header ?? 'application/json').split(/[,;]/, 1)[0]?.trim().toLowerCase() ?? '';
  const [group = ''] = type.split('/');
  return binaryMediaTypes.some((known) =>
    ['*/*', `${group}/*`, type].includes(known.toLowerCase()),
  );
}
