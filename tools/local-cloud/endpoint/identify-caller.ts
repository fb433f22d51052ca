import { unknownKeyError } from '../iam/index.ts';
import { AwsError, type WireRequest } from '../kernel.ts';
import { type Actor, hasToken, type Permissions } from '../permissions/index.ts';
import type { Destination } from './choose-service.ts';

/** `Credential=AKID/…` of an `Authorization` header, or the parameter of a presigned query. */
const ACCESS_KEY_ID = /(?:^|Credential=)([^/\s]+)\//;

/** Services with the error names of the older query protocol, also in their JSON protocol. */
const QUERY_NAMES = ['sqs'];

/**
 * Finds the owner of a request's credentials. Only S3 verifies the signature itself; for the other
 * services, the access key and the session token identify the caller.
 * @throws AwsError the service's error for a request without credentials, with an unknown access
 * key, or with the token of another session
 */
export function identifyCaller(
  { headers, query }: Pick<WireRequest, 'headers' | 'query'>,
  destination: Destination,
  permissions: Permissions,
): Actor {
  if (!permissions.isEnforced) return permissions.operator;
  const credential = headers.authorization ?? query.get('X-Amz-Credential');
  if (!credential) throw missingCredentials(destination);
  const session = permissions.sessionOf(ACCESS_KEY_ID.exec(credential)?.[1] ?? '');
  const token = headers['x-amz-security-token'] ?? query.get('X-Amz-Security-Token') ?? undefined;
  if (!session || !hasToken(session.credentials, token)) {
    throw unknownKeyError(destination.service);
  }
  return session;
}

/** "Common Errors" in the API Reference of each service. */
function missingCredentials({ service, protocol }: Destination): AwsError {
  return protocol === 'query' || QUERY_NAMES.includes(service)
    ? new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
    : new AwsError(
        'MissingAuthenticationTokenException',
        'Missing Authentication Token',
        // Lambda's REST protocol uses 403, the JSON protocols use 400.
        service.startsWith('lambda') ? 403 : 400,
      );
}
