// CloudFront function (runtime 2.0) before the cache, on /images/*/w* only. That runtime is not
// Node: no modules, no destructuring, no for-of. Keep to what the file uses already.
//
// It refuses unlisted widths and formats, so that nothing but real variants reaches the cache, and
// turns `auto` into a format, so that the cache needs one entry per format and not one per Accept
// header. What is allowed and chosen equals core/variant.ts and core/choose-format.ts; a test
// compares them.

const widths = ['160', '320', '640', '960', '1280', '1920', '2560'];
const formats = ['avif', 'webp', 'jpeg', 'auto'];

function handler(event) {
  const request = event.request;
  // A query would make further names of the same picture, each with an entry in the cache.
  request.querystring = {};

  const parts = /^(\/images\/[^/]+\/w)([^/.]+)\.([^/]+)$/.exec(request.uri);
  if (!parts) return request;
  if (widths.indexOf(parts[2]) < 0) {
    return refuse(event, `The width must be one of ${widths.join(', ')}.`);
  }
  if (formats.indexOf(parts[3]) < 0) {
    return refuse(event, `The format must be one of ${formats.join(', ')}.`);
  }
  if (parts[3] === 'auto') {
    const accept = request.headers.accept ? request.headers.accept.value : '';
    request.uri = `${parts[1] + parts[2]}.${chooseFormat(accept)}`;
  }
  return request;
}

function chooseFormat(accept) {
  const named = accept
    .toLowerCase()
    .split(',')
    .map((range) => {
      const parts = range.split(';').map((part) => part.trim());
      const refused = parts.slice(1).some((parameter) => /^q=0(\.0*)?$/.test(parameter));
      return refused ? '' : parts[0];
    });
  if (named.indexOf('image/avif') >= 0) return 'avif';
  if (named.indexOf('image/webp') >= 0) return 'webp';
  return 'jpeg';
}

function refuse(event, detail) {
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
