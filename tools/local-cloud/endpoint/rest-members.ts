import { AwsError, type WireRequest } from '../kernel.ts';
import { type MemberSupport, type Unsupported, unsupportedText } from './request-members.ts';

/** A member that a request sends in a header, in headers with a prefix, or as a query parameter. */
export interface BoundMember {
  readonly support: MemberSupport;
  /** Header name in lower case. */
  readonly header?: string;
  /** Start of the header names in lower case, e.g. `x-amz-meta-`. */
  readonly headerPrefix?: string;
  readonly query?: string;
}

/** Declares a member that is honoured and sent in a header. @param name in lower case */
export function inHeader(name: string): BoundMember {
  return { header: name, support: 'honoured' };
}

/** Declares a member that is honoured and sent as a query parameter. */
export function inQuery(name: string): BoundMember {
  return { query: name, support: 'honoured' };
}

/** Supported members of one REST operation. A member without binding is in the path or the body. */
export type RestMembers = Readonly<Record<string, MemberSupport | BoundMember>>;

/** The supported members of each operation of a REST service. */
export type RestMemberTable = Readonly<Record<string, RestMembers>>;

export interface RestCheck {
  /** Query parameters and headers that select the operation, e.g. `list-type` and `uploads`. */
  readonly alsoKnown?: readonly string[];
  /** Creates the service's error. The default is ValidationException with status 400. */
  readonly unsupported?: Unsupported;
}

/** Query parameters of every request: the SDK's operation id and those of a presigned URL. */
const TRANSPORT_QUERY =
  /^(x-id|X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Content-Sha256|User-Agent))$/i;
/** Headers of every request: signature, trace and retry headers, and the encoding of the body. */
const TRANSPORT_HEADER =
  /^x-amz-(date|content-sha256|security-token|user-agent|decoded-content-length|trailer|sdk-.*|te|id-2)$/;
/** Headers without the prefix `x-amz-` that change what an operation does. */
const OPERATION_HEADER =
  /^(if-(match|none-match|modified-since|unmodified-since)|range|content-md5|content-(disposition|encoding|language)|expires)$/;

/**
 * Rejects query parameters and headers that no declared member is bound to, instead of ignoring
 * them. Headers outside AWS's own that do not change an operation are ignored.
 * @param where completes "The local cloud does not support … with" in the message
 * @throws AwsError the result of `check.unsupported`, with a message that names the parameters
 */
export function rejectUndeclaredRest(
  request: Pick<WireRequest, 'query' | 'headers'>,
  members: RestMembers,
  where: string,
  check: RestCheck = {},
): void {
  const bound = Object.values(members).filter(isBound);
  const known = (name: string) => check.alsoKnown?.includes(name) ?? false;
  const queries = [...new Set(request.query.keys())].filter(
    (name) =>
      !TRANSPORT_QUERY.test(name) && !known(name) && !bound.some(({ query }) => query === name),
  );
  const headers = Object.keys(request.headers).filter(
    (name) =>
      ((name.startsWith('x-amz-') && !TRANSPORT_HEADER.test(name)) ||
        OPERATION_HEADER.test(name)) &&
      !known(name) &&
      !bound.some(
        ({ header, headerPrefix }) =>
          header === name || (headerPrefix !== undefined && name.startsWith(headerPrefix)),
      ),
  );
  const names = [
    ...queries.map((name) => `the parameter ${name}`),
    ...headers.map((name) => `the header ${name}`),
  ];
  if (names.length === 0) return;
  const text = unsupportedText(where, names);
  throw check.unsupported?.(text) ?? new AwsError('ValidationException', text);
}

function isBound(member: MemberSupport | BoundMember): member is BoundMember {
  return typeof member === 'object' && 'support' in member;
}
