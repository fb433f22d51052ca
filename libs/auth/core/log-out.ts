import type { RefreshFamilies, RefreshSecrets } from './ports.ts';

export interface LogOut {
  readonly refreshToken: string;
}

interface Deps {
  readonly families: RefreshFamilies;
  readonly secrets: RefreshSecrets;
}

/**
 * Ends the family of a refresh token, whether the token is current or spent. An unknown token
 * causes no error, so the response does not reveal which tokens exist. Access tokens stay valid
 * until they expire, at most 15 minutes later, because verifiers do not call auth.
 */
export async function logOut({ families, secrets }: Deps, command: LogOut): Promise<void> {
  const family = await families.find(secrets.digest(command.refreshToken));
  if (family) await families.end(family.id, 'logout');
}
