/** Headers of a PUT that a GET returns. */
const SYSTEM_HEADERS = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/** The headers of a PUT that are stored with the object, without the encoding `aws-chunked`. */
export function storedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const stored: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (SYSTEM_HEADERS.includes(name) || name.startsWith('x-amz-meta-')) stored[name] = value;
  }
  const encoding = (stored['content-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'aws-chunked');
  delete stored['content-encoding'];
  if (encoding.length > 0) stored['content-encoding'] = encoding.join(',');
  if (!stored['content-type']) stored['content-type'] = 'binary/octet-stream';
  return stored;
}
