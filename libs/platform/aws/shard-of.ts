import { createHash } from 'node:crypto';

/**
 * The shard of an id, from 0 to `shards - 1` (at most 256 shards). It depends on the id alone, so every process finds
 * an item from its id.
 */
export function shardOf(id: string, shards: number): number {
  return createHash('sha256').update(id).digest().readUInt8(0) % shards;
}
