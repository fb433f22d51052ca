const WORDS = new Map([
  [1e3, 'a thousand'],
  [1e4, 'ten thousand'],
  [1e5, 'a hundred thousand'],
  [1e6, 'a million'],
  [1e7, 'ten million'],
  [1e8, 'a hundred million'],
  [1e9, 'a billion'],
]);

/** A monthly number of requests in words. It sets the scale of a question and is not a measured number. */
export function inWords(requests: number): string {
  const found = WORDS.get(requests);
  if (!found) throw new Error(`no words for ${requests} requests`);
  return found;
}
