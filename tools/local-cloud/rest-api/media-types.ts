/**
 * Whether bodies of a type are bytes to this API. Of an Accept header only the first type counts ("Working with binary
 * media types for REST APIs"); without a header it is JSON.
 */
export function isBinary(binaryMediaTypes: readonly string[], header: string | undefined): boolean {
  const type = (header ?? 'application/json').split(/[,;]/, 1)[0]?.trim().toLowerCase() ?? '';
  const [group = ''] = type.split('/');
  return binaryMediaTypes.some((known) =>
    ['*/*', `${group}/*`, type].includes(known.toLowerCase()),
  );
}
