/** A family's life; counted from the log-in that began it, however often its tokens are exchanged. */
export const familySeconds = 30 * 24 * 60 * 60;

/** Why a family ended before its time: a token was used twice, or its owner logged out. */
export type FamilyEnd = 'reuse' | 'logout';

/**
 * All refresh tokens that descend from one log-in (RFC 9700 section 4.14.2). Exactly one of them is good, the current one;
 * whoever shows an older one has stolen it, or was robbed: nobody can tell which, so the whole family ends.
 */
export interface RefreshFamily {
  readonly id: string;
  readonly accountId: string;
  /** The account's version of its credentials at log-in; a password set by command ends older families. */
  readonly credentialsVersion: number;
  /** Digest of the one token that may be exchanged. */
  readonly currentDigest: string;
  /** Seconds since 1970. */
  readonly expiresAtSeconds: number;
  readonly endedBy?: FamilyEnd;
}

/** Whether a token with this digest may be exchanged. */
export function isCurrent(family: RefreshFamily, digest: string): boolean {
  return family.endedBy === undefined && family.currentDigest === digest;
}
