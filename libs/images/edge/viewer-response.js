// CloudFront function (runtime 2.0) that runs on every response of /images/*/w*, cached or not. See
// viewer-request.js for the limits of the runtime.
//
// The picture at an `auto` URL depends on Accept, and browsers must know. Here CloudFront may show
// only the rewritten URI, and the response may come from the bucket, which does not know `auto`. So
// every rendition gets `Vary: Accept`. That costs nothing: CloudFront computes its cache key before
// this runs, and a browser sends the same Accept for the same picture each time.
function handler(event) {
  const headers = event.response.headers;
  const vary = headers.vary ? headers.vary.value : '';
  const names = vary.toLowerCase().split(/\s*,\s*/);
  if (vary.trim() !== '*' && names.indexOf('accept') < 0) {
    headers.vary = { value: vary ? `${vary}, Accept` : 'Accept' };
  }
  return event.response;
}
