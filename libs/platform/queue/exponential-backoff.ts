/**
 * How many seconds a message stays away, by how often it has been received (from 1): doubles from `firstSeconds`, at most
 * `maxSeconds`, up to a quarter earlier so that what failed together returns apart.
 */
export function doubling(
  firstSeconds: number,
  maxSeconds: number,
): (receiveCount: number) => number {
  return (receiveCount) => {
    const seconds = Math.min(maxSeconds, firstSeconds * 2 ** Math.min(receiveCount - 1, 16));
    return Math.max(1, Math.round(seconds * (1 - Math.random() / 4)));
  };
}
