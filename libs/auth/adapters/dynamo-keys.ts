import { type DynamoTable, putIf, putNew, readItem, transact } from '@triptych/platform/aws';
import type { KeyRing, KeyStore } from '../core/index.ts';

const RING_KEY = { pk: 'KEYS', sk: 'RING' };

/**
 * Stores the ring of signing keys as one item of auth's table, so that one conditional write makes
 * every change of state (next to current, current to retired). Its attributes are `version` and
 * `keys`; private keys are encrypted. Every process reads it once a minute.
 */
export function dynamoKeys(of: DynamoTable): KeyStore {
  const { client, table } = of;
  return {
    async load() {
      const item = (await readItem(of, RING_KEY)) as KeyRing | undefined;
      return item && { version: item.version, keys: item.keys };
    },

    async save({ version, keys }, replaces) {
      const item = { ...RING_KEY, version, keys };
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
