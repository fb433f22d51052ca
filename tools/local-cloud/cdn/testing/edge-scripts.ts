/** The code of the viewer functions and of the origin function in the tests. */

/** Answers OPTIONS and refused paths itself, and chooses the format of a picture. */
export const onRequest = `function handler(event) {
  var request = event.request;
  if (request.method === 'OPTIONS') {
    return { statusCode: 204, headers: { 'access-control-allow-methods': { value: 'GET' } } };
  }
  if (request.uri.indexOf('/refuse') >= 0) {
    return { statusCode: 400, headers: { 'x-from': { value: 'edge' } }, body: { data: 'refused' } };
  }
  request.uri = request.uri.replace('.auto', request.headers.accept ? '.webp' : '.jpeg');
  return request;
}`;

/** Adds `Vary`. */
export const onResponse = `async function handler(event) {
  event.response.headers.vary = { value: 'Accept' };
  return event.response;
}`;

/** A function that makes pictures. */
export const images = `let made = 0;
export const http = async (event) => {
  made += 1;
  const missing = event.rawPath.includes('missing');
  await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    statusCode: missing ? 404 : 200,
    headers: { 'content-type': 'image/webp', etag: '"v1"',
      'cache-control': event.rawPath.includes('once') ? 'no-store' : 'max-age=60' },
    body: Buffer.from(
      JSON.stringify({ made, path: event.rawPath, agent: event.headers['user-agent'] })
    ).toString('base64'),
    isBase64Encoded: true };
};`;
