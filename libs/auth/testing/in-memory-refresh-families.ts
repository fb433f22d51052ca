import type { FamilyEnd, RefreshFamilies, RefreshFamily, RefreshSecrets } from '../core/index.ts';

/** Families of refresh tokens in memory; each call is atomic, as the table's transactions are. */
export function familiesInMemory() {
  const byId = new Map<string, RefreshFamily>();
  const familyOf = new Map<string, string>();
  const store: RefreshFamilies = {
    async begin(family) {
      byId.set(family.id, family);
      familyOf.set(family.currentDigest, family.id);
    },
    async find(digest) {
      return byId.get(familyOf.get(digest) ?? '');
    },
    async rotate({ id, currentDigest }, next) {
      const family = byId.get(id);
      if (!family || family.endedBy || family.currentDigest !== currentDigest) return false;
      byId.set(id, { ...family, currentDigest: next });
      familyOf.set(next, id);
      return true;
    },
    async end(id, by) {
      const family = byId.get(id);
      const endedBy: FamilyEnd = family?.endedBy ?? by;
      if (family) byId.set(id, { ...family, endedBy });
      return endedBy;
    },
  };
  return { ...store, all: () => [...byId.values()] };
}

/** Tokens that tests can tell apart. */
export function countedSecrets(): RefreshSecrets {
  let made = 0;
  const digest = (token: string) => `digest(${token})`;
  return {
    make() {
      const token = `rt_${++made}`;
      return { token, digest: digest(token) };
    },
    digest,
  };
}
