import type { RefreshFamilies, RefreshFamily, RefreshSecrets } from '../core/index.ts';

/** Families of refresh tokens in memory. Each call is atomic, like a transaction of the table. */
export function inMemoryRefreshFamilies() {
  const byId = new Map<string, RefreshFamily>();
  const familyOf = new Map<string, string>();
  const families: RefreshFamilies = {
    async begin(family) {
      if (byId.has(family.id) || familyOf.has(family.currentDigest)) {
        throw new Error('The refresh family or its token already exists.');
      }
      byId.set(family.id, family);
      familyOf.set(family.currentDigest, family.id);
    },
    async find(digest) {
      return byId.get(familyOf.get(digest) ?? '');
    },
    async rotate({ id, currentDigest }, next) {
      const family = byId.get(id);
      if (!family || family.endedBy) return false;
      if (family.currentDigest === next) return true;
      if (family.currentDigest !== currentDigest || familyOf.has(next)) return false;
      byId.set(id, { ...family, currentDigest: next });
      familyOf.set(next, id);
      return true;
    },
    async end(id, by) {
      const family = byId.get(id);
      const endedBy = family?.endedBy ?? by;
      if (family) byId.set(id, { ...family, endedBy });
      return endedBy;
    },
  };
  return { ...families, all: () => [...byId.values()] };
}

/** Refresh tokens numbered `rt_1`, `rt_2`, … */
export function numberedSecrets(): RefreshSecrets {
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
