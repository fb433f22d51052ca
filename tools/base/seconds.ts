/** Seconds with one decimal, right-aligned: `  3.4 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1).padStart(5)} s`;
}
