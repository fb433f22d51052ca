import { createHash } from 'node:crypto';

/**
 * Which of `shards` (at most 256) partitions an id belongs to: the same one in every process, so that an item is found
 * again from its id alone.
 */
export function shardOf(id: string, shards: number): number {
  return createHash('sha256').update(id).digest().readUInt8(0) % shards;
}
