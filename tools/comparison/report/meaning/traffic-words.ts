const words = new Map([
  [1e3, 'a thousand'],
  [1e4, 'ten thousand'],
  [1e5, 'a hundred thousand'],
  [1e6, 'a million'],
  [1e7, 'ten million'],
  [1e8, 'a hundred million'],
  [1e9, 'a billion'],
]);

/** Requests of a month in words: the scale of a question, not a number that was measured. */
export function inWords(requests: number): string {
  const found = words.get(requests);
  if (!found) throw new Error(`${requests} requests have no words`);
  return found;
}
