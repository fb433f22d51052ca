import { expect, it } from 'vitest';
import { MemoryStore } from './memory-store.ts';
import type { Table } from './table-types.ts';

const table = {
  TableName: 'shop',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
} as Table;
const item = (pk: string, more = {}) => ({ pk: { S: pk }, ...more });

it('replaces the index entry of an item, but never the entry of another item', () => {
  const store = new MemoryStore();
  store.addTable(table);
  const index = store.getIndexDb('Global', 'shop', 'byGroup');
  const put = (entry: ReturnType<typeof item>) =>
    store.atomically(() => index.put('key', entry, () => {}));
  put(item('a'));
  put(item('a', { n: { N: '1' } }));
  expect(() => put(item('b'))).toThrow('The local cloud does not support two items');
});

it('undoes all writes when one fails', () => {
  const store = new MemoryStore();
  store.addTable(table);
  const items = store.getItemDb('shop');
  const fail = () =>
    store.atomically(() => {
      items.put('a', item('a'), () => {});
      throw new Error('full');
    });
  expect(fail).toThrow('full');
  expect(store.items('shop').get('a')).toBeUndefined();
});
