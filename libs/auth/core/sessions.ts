import type { Role } from './account.ts';
import type { CachedKeyRing } from './cached-key-ring.ts';
import type { AccessTokens, Clock, Ids, RefreshFamilies, RefreshSecrets } from './ports.ts';
import { FAMILY_SECONDS } from './refresh-families.ts';
import { ACCESS_TOKEN_SECONDS, currentKey } from './signing-keys.ts';

/** The ports that issuing a session needs. */
export interface SessionDeps {
  readonly tokens: AccessTokens;
  readonly keyRing: CachedKeyRing;
  readonly families: RefreshFamilies;
  readonly secrets: RefreshSecrets;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The result of a log-in and of every refresh. Both durations start now. */
export interface Session {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly refreshExpiresInSeconds: number;
}

/**
 * Signs an access token with the current key. It is valid for 15 minutes.
 * @throws AppError unavailable `unavailable`, internal `no-signing-key`
 */
export async function signAccessToken(
  { tokens, keyRing, clock, ids }: SessionDeps,
  accountId: string,
  role: Role,
): Promise<Pick<Session, 'accessToken' | 'expiresInSeconds'>> {
  const issuedAtSeconds = Math.floor(clock.now() / 1000);
  const expiresAtSeconds = issuedAtSeconds + ACCESS_TOKEN_SECONDS;
  const claims = { tokenId: ids.next(), accountId, role, issuedAtSeconds, expiresAtSeconds };
  const accessToken = await tokens.sign(claims, currentKey(await keyRing.read()));
  return { accessToken, expiresInSeconds: ACCESS_TOKEN_SECONDS };
}

/**
 * Starts a session, and with it a family of refresh tokens, for an account whose password has just
 * been verified.
 * @throws AppError unavailable `unavailable`, internal `no-signing-key`
 */
export async function startSession(
  deps: SessionDeps,
  account: { accountId: string; role: Role; credentialsVersion: number },
): Promise<Session> {
  const { families, secrets, clock, ids } = deps;
  const { accountId, role, credentialsVersion } = account;
  const access = await signAccessToken(deps, accountId, role);
  const { token, digest } = secrets.make();
  await families.begin({
    id: ids.next(),
    accountId,
    credentialsVersion,
    currentDigest: digest,
    expiresAtSeconds: Math.floor(clock.now() / 1000) + FAMILY_SECONDS,
  });
  return { ...access, refreshToken: token, refreshExpiresInSeconds: FAMILY_SECONDS };
}
