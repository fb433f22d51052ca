/** The lifetime of a family, measured from its log-in. Refreshing does not extend it. */
export const FAMILY_SECONDS = 30 * 24 * 60 * 60;

/** Why a family ended before it expired: a token was used twice, or its owner logged out. */
export type FamilyEnd = 'reuse' | 'logout';

/**
 * All refresh tokens that descend from one log-in (RFC 9700 section 4.14.2). Exactly one of them is
 * current and may be exchanged. If a spent token is used, either the sender stole it or somebody
 * stole it from the sender. The two cases look the same, so the whole family ends.
 *
 * ```
 * log-in ──▶ token 1 (current) ──refresh──▶ token 2 (current) ──refresh──▶ token 3 (current)
 *                  │ spent                        │ spent
 *                  └──────── used again ──────────┴──▶ the family ends: all its tokens are `token-reused`
 * ```
 */
export interface RefreshFamily {
  readonly id: string;
  readonly accountId: string;
  /** The account's credentials version at log-in. An operator who sets the password raises it. */
  readonly credentialsVersion: number;
  /** Digest of the current token. */
  readonly currentDigest: string;
  /** Seconds since 1970. */
  readonly expiresAtSeconds: number;
  readonly endedBy?: FamilyEnd;
}

/** Whether the token with this digest may be exchanged. */
export function isCurrent(family: RefreshFamily, digest: string): boolean {
  return family.endedBy === undefined && family.currentDigest === digest;
}
