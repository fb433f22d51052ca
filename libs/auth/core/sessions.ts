import type { Role } from './account.ts';
import type { SigningKeys } from './key-ring.ts';
import type { AccessTokens, Clock, Ids, RefreshFamilies, RefreshSecrets } from './ports.ts';
import { familySeconds } from './refresh-families.ts';
import { accessTokenSeconds } from './signing-keys.ts';

export interface SessionParts {
  readonly tokens: AccessTokens;
  readonly keys: SigningKeys;
  readonly families: RefreshFamilies;
  readonly secrets: RefreshSecrets;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What a log-in and every refresh give; both durations count from now. */
export interface Session {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly refreshExpiresInSeconds: number;
}

/** The access token half of a session: signed with the current key, good for 15 minutes. */
export async function signAccessToken(
  { tokens, keys, clock, ids }: SessionParts,
  accountId: string,
  role: Role,
): Promise<Pick<Session, 'accessToken' | 'expiresInSeconds'>> {
  const issuedAtSeconds = Math.floor(clock.now() / 1000);
  const expiresAtSeconds = issuedAtSeconds + accessTokenSeconds;
  const claims = { tokenId: ids.next(), accountId, role, issuedAtSeconds, expiresAtSeconds };
  const accessToken = await tokens.sign(claims, await keys.current());
  return { accessToken, expiresInSeconds: accessTokenSeconds };
}

/** Begins a family of refresh tokens for an account that has just proved its password. */
export async function startSession(
  parts: SessionParts,
  account: { accountId: string; role: Role; credentialsVersion: number },
): Promise<Session> {
  const { families, secrets, clock, ids } = parts;
  const { accountId, role, credentialsVersion } = account;
  const access = await signAccessToken(parts, accountId, role);
  const { token, digest } = secrets.make();
  await families.begin({
    id: ids.next(),
    accountId,
    credentialsVersion,
    currentDigest: digest,
    expiresAtSeconds: Math.floor(clock.now() / 1000) + familySeconds,
  });
  return { ...access, refreshToken: token, refreshExpiresInSeconds: familySeconds };
}
