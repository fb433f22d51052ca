import { accessDenied, httpOrigin, type OriginFactory } from '../cdn/index.ts';

/** Matches the host name of a function URL. Its first label selects the function. */
const FUNCTION_URL_HOST = /^[^.]+\.lambda-url\./;

/**
 * Creates origins in a cloud with one address: buckets by path, functions by Host header. Load
 * balancers are those of this process.
 * @param endpoint URL of the cloud's AWS services, http only
 * @throws Error when the endpoint is not http
 */
export function externalOrigins(endpoint: string): OriginFactory {
  const { host, hostname, port, protocol } = new URL(endpoint);
  if (protocol !== 'http:') throw new Error(`${endpoint}: only http origins are supported.`);
  const connectTo = { hostname, port };
  return {
    bucket({ name, originPath }) {
      const objects = httpOrigin({
        domainName: host,
        originPath: `/${name}${originPath}`,
        customHeaders: {},
        signing: undefined,
      });
      return async (request, body) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') return accessDenied();
        const answer = await objects(request, body);
        // S3 answers 403 for a missing object when the caller cannot list the bucket.
        return answer.status === 404 ? accessDenied() : answer;
      };
    },
    http: (settings) =>
      FUNCTION_URL_HOST.test(settings.domainName)
        ? // The key of origin access control is known only in this process, so it is not sent.
          httpOrigin({ ...settings, signing: undefined, connectTo })
        : httpOrigin(settings),
  };
}
