import type { RefreshFamilies, RefreshSecrets } from './ports.ts';

/**
 * Ends the family of a refresh token, spent or not. Says nothing about tokens it does not know. Access tokens already
 * given live on for their 15 minutes at most: verifiers ask nobody.
 */
export function logOut({
  families,
  secrets,
}: {
  readonly families: RefreshFamilies;
  readonly secrets: RefreshSecrets;
}) {
  return async (refreshToken: string): Promise<void> => {
    const family = await families.find(secrets.digest(refreshToken));
    if (family) await families.end(family.id, 'logout');
  };
}
