import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoTables } from '../testing/dynamo-tables.ts';
import {
  type DynamoTable,
  putIf,
  putIfAbsentOrExpired,
  putNew,
  readItem,
  readUnexpiredItem,
  transact,
  updateItem,
} from './index.ts';

const key = { pk: 'CUP#1', sk: 'CUP' };
const taken = { committed: false, failed: [0] };
const tables = dynamoTables('items');
let of: DynamoTable;

beforeEach(async () => {
  of = await tables.create();
});

const write = (...items: Parameters<typeof transact>[1]) => transact(of.client, items);

describe('table items', () => {
  it('are read as they were put, without undefined attributes', async () => {
    expect(await readItem(of, key)).toBeUndefined();
    await write(putNew(of.table, { ...key, size: 3, tags: ['a'], note: undefined }));
    expect(await readItem(of, key)).toEqual({ ...key, size: 3, tags: ['a'] });
  });

  it('are created only once', async () => {
    expect(await write(putNew(of.table, key))).toEqual({ committed: true });
    expect(await write(putNew(of.table, key))).toEqual(taken);
  });

  it('are replaced and updated only if the condition holds', async () => {
    await write(putNew(of.table, { ...key, version: 1 }));
    const names = { '#version': 'version' };
    const replace = putIf(
      of.table,
      { ...key, version: 2 },
      { when: '#version = :before', values: { ':before': 1 }, names },
    );
    expect(await write(replace)).toEqual({ committed: true });
    expect(await write(replace)).toEqual(taken);
    const raise = updateItem(of.table, key, {
      set: 'SET #version = #version + :one',
      when: '#version < :most',
      values: { ':one': 1, ':most': 3 },
      names,
    });
    expect(await write(raise)).toEqual({ committed: true });
    expect(await write(raise)).toEqual(taken);
    expect(await readItem(of, key)).toEqual({ ...key, version: 3 });
  });

  it('count as absent from the second they expire, even while the table still holds them', async () => {
    const first = { ...key, expiresAt: 100, turn: 'first' };
    await write(putIfAbsentOrExpired(of.table, first, 0));
    expect(await readUnexpiredItem(of, key, 99_999)).toEqual(first);
    expect(await readUnexpiredItem(of, key, 100_000)).toBeUndefined();
    const second = { ...key, turn: 'second' };
    expect(await write(putIfAbsentOrExpired(of.table, second, 99_999))).toEqual(taken);
    expect(await write(putIfAbsentOrExpired(of.table, second, 100_000))).toEqual({
      committed: true,
    });
    expect(await readUnexpiredItem(of, key, 9e12)).toEqual(second);
  });

  it('are written all or none, and the failed positions are returned', async () => {
    await write(putNew(of.table, key));
    const other = { pk: 'CUP#2', sk: 'CUP' };
    const both = [putNew(of.table, other), putNew(of.table, key)];
    expect(await write(...both)).toEqual({ committed: false, failed: [1] });
    expect(await readItem(of, other)).toBeUndefined();
  });
});
