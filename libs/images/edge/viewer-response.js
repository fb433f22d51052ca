// CloudFront function (runtime 2.0) on every answer of /images/*/w*, cached or not. See
// viewer-request.js for what that runtime lacks.
//
// A picture asked for as `auto` depends on Accept, and browsers must know. By now CloudFront may
// show the rewritten URI, and the answer may come from the bucket, which knows nothing of `auto`:
// so every variant says it. That costs nothing: CloudFront's cache key is settled before this runs,
// and a browser sends the same Accept for the same picture each time.
function handler(event) {
  const headers = event.response.headers;
  const vary = headers.vary ? headers.vary.value : '';
  const names = vary.toLowerCase().split(/\s*,\s*/);
  if (vary.trim() !== '*' && names.indexOf('accept') < 0) {
    headers.vary = { value: vary ? `${vary}, Accept` : 'Accept' };
  }
  return event.response;
}
