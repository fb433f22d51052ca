/** Formats a number of requests: `10,000`, `62.5 million`. */
export function manyRequests(requests: number): string {
  const short = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  if (requests >= 1e9) return `${short(requests / 1e9)} billion`;
  return requests >= 1e6 ? `${short(requests / 1e6)} million` : short(requests);
}
