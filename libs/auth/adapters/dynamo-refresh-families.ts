import { type DynamoTable, putNew, readItem, transact, updateItem } from '@triptych/platform/aws';
import type { RefreshFamilies, RefreshFamily } from '../core/index.ts';

/**
 * Stores families of refresh tokens in auth's table, an item per family and one per token:
 *
 * | pk | sk | attributes |
 * | --- | --- | --- |
 * | `FAMILY#<id>` | `FAMILY` | the fields of {@link RefreshFamily}, with `expiresAt` for the expiry |
 * | `REFRESH#<digest>` | `TOKEN` | `familyId`, `expiresAt` |
 *
 * The table removes both after `expiresAt` (TTL), which may take days.
 */
export function dynamoRefreshFamilies(of: DynamoTable): RefreshFamilies {
  const { client, table } = of;

  async function byId(id: string): Promise<RefreshFamily | undefined> {
    const item = await readItem(of, familyKey(id));
    if (!item) return undefined;
    const { pk: _pk, sk: _sk, expiresAt: expiresAtSeconds, ...family } = item;
    return { ...family, expiresAtSeconds } as RefreshFamily;
  }

  function putToken({ id: familyId, expiresAtSeconds }: RefreshFamily, digest: string) {
    return putNew(table, { ...tokenKey(digest), familyId, expiresAt: expiresAtSeconds });
  }

  return {
    async begin(family) {
      const { expiresAtSeconds: expiresAt, ...rest } = family;
      const done = await transact(client, [
        putNew(table, { ...familyKey(family.id), ...rest, expiresAt }),
        putToken(family, family.currentDigest),
      ]);
      // Random values that collide mean that the source of randomness is broken.
      if (!done.committed) throw new Error('The refresh family or its token already exists.');
    },

    async find(digest) {
      const token = await readItem(of, tokenKey(digest));
      return token && byId(token.familyId);
    },

    async rotate(family, next) {
      const done = await transact(client, [
        updateItem(table, familyKey(family.id), {
          set: 'SET currentDigest = :next',
          when: 'currentDigest = :current AND attribute_not_exists(endedBy)',
          values: { ':next': next, ':current': family.currentDigest },
        }),
        putToken(family, next),
      ]);
      if (done.committed) return true;
      // The response to an earlier try may have been lost. Only this caller knows `next`.
      const now = await byId(family.id);
      return now?.currentDigest === next && now.endedBy === undefined;
    },

    async end(familyId, by) {
      const done = await transact(client, [
        updateItem(table, familyKey(familyId), {
          set: 'SET endedBy = :by',
          when: 'attribute_exists(pk) AND attribute_not_exists(endedBy)',
          values: { ':by': by },
        }),
      ]);
      return done.committed ? by : ((await byId(familyId))?.endedBy ?? by);
    },
  };
}

function familyKey(id: string) {
  return { pk: `FAMILY#${id}`, sk: 'FAMILY' };
}

function tokenKey(digest: string) {
  return { pk: `REFRESH#${digest}`, sk: 'TOKEN' };
}
