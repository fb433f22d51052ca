// CloudFront function (runtime 2.0) that runs before the cache, on /images/*. The runtime
// is not Node: no modules, no destructuring, no for-of. Use only the syntax found in this file.
//
// It answers preflights as the services do, so that they work for pictures in the bucket too. It
// rejects unlisted widths and formats, so that only existing renditions enter the cache. It turns
// `auto` into a format, so that the cache key needs no Accept header. The lists, the choice and the
// CORS headers are those of core/rendition.ts, core/choose-format.ts and platform/http; a test
// compares them.

const WIDTHS = ['160', '320', '640', '960', '1280', '1920', '2560'];
const FORMATS = ['avif', 'webp', 'jpeg', 'auto'];

function handler(event) {
  const request = event.request;
  if (request.method === 'OPTIONS') return preflight(request);
  // Each query string would be another cache entry of the same picture.
  request.querystring = {};

  const parts = /^(\/images\/[^/]+\/w)([^/.]+)\.([^/]+)$/.exec(request.uri);
  if (!parts) return request;
  if (WIDTHS.indexOf(parts[2]) < 0) {
    return reject(event, `The width must be one of ${WIDTHS.join(', ')}.`);
  }
  if (FORMATS.indexOf(parts[3]) < 0) {
    return reject(event, `The format must be one of ${FORMATS.join(', ')}.`);
  }
  if (parts[3] === 'auto') {
    const accept = request.headers.accept ? request.headers.accept.value : '';
    request.uri = `${parts[1] + parts[2]}.${chooseFormat(accept)}`;
  }
  return request;
}

function preflight(request) {
  const headers = {
    'access-control-allow-origin': { value: '*' },
    'access-control-allow-methods': { value: 'GET, HEAD, POST, PUT, PATCH, DELETE' },
    'access-control-expose-headers': { value: 'allow, etag, location, retry-after, x-request-id' },
    'access-control-max-age': { value: '7200' },
    vary: { value: 'Access-Control-Request-Headers' },
  };
  const asked = request.headers['access-control-request-headers'];
  if (asked) headers['access-control-allow-headers'] = { value: asked.value };
  return { statusCode: 204, statusDescription: 'No Content', headers: headers };
}

function chooseFormat(accept) {
  const named = accept
    .toLowerCase()
    .split(',')
    .map((range) => {
      const parts = range.split(';').map((part) => part.trim());
      const excluded = parts.slice(1).some((parameter) => /^q=0(\.0*)?$/.test(parameter));
      return excluded ? '' : parts[0];
    });
  if (named.indexOf('image/avif') >= 0) return 'avif';
  if (named.indexOf('image/webp') >= 0) return 'webp';
  return 'jpeg';
}

function reject(event, detail) {
  return {
    statusCode: 400,
    statusDescription: 'Bad Request',
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
    },
    body: {
      encoding: 'text',
      data: JSON.stringify({
        type: 'urn:triptych:problem:unsupported-variant',
        title: 'Bad Request',
        status: 400,
        code: 'unsupported-variant',
        detail: detail,
        requestId: event.context.requestId,
      }),
    },
  };
}
