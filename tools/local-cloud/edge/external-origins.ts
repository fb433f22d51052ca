import { accessDenied, httpOrigin, type OriginFactory } from '../cdn/index.ts';

/** A function URL's host name, whose first part chooses the function. */
const functionUrl = /^[^.]+\.lambda-url\./;

/**
 * Origins in a cloud behind one address: buckets by path, functions by the Host header. Load balancers are ours, as
 * everywhere.
 * @param endpoint address of its AWS services
 */
export function outsideOrigins(endpoint: string): OriginFactory {
  const { host, hostname, port, protocol } = new URL(endpoint);
  if (protocol !== 'http:') throw new Error(`${endpoint}: origins are asked over http only.`);
  const connectTo = { hostname, port };
  return {
    bucket(name, originPath) {
      const objects = httpOrigin({
        domainName: host,
        originPath: `/${name}${originPath}`,
        customHeaders: {},
        hasAccessControl: false,
      });
      return async (request, body) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') return accessDenied();
        const answer = await objects(request, body);
        // A caller that may not list a bucket does not learn what is missing in it.
        return answer.status === 404 ? accessDenied() : answer;
      };
    },
    http: (settings) =>
      functionUrl.test(settings.domainName)
        ? // The proof of origin access is known in this process only, and nobody there asks for it.
          httpOrigin({ ...settings, hasAccessControl: false, connectTo })
        : httpOrigin(settings),
  };
}
