import { type DynamoTable, putIf, putNew, readItem, transact } from '@triptych/platform/aws';
import type { KeyRing, KeyStore } from '../core/index.ts';

const key = { pk: 'KEYS', sk: 'RING' };

/**
 * Keeps the ring of signing keys as one item, so that every change of state (next to current, current to retired) is
 * one conditional write. Private keys in it are encrypted already.
 */
export function dynamoKeys(of: DynamoTable): KeyStore {
  const { client, table } = of;
  return {
    async load() {
      const item = (await readItem(of, key)) as KeyRing | undefined;
      return item && { version: item.version, keys: item.keys };
    },

    async save({ version, keys }, replaces) {
      const item = { ...key, version, keys };
      const put =
        replaces === undefined
          ? putNew(table, item)
          : putIf(table, item, {
              when: 'version = :replaces',
              values: { ':replaces': replaces },
            });
      return (await transact(client, [put])).committed;
    },
  };
}
