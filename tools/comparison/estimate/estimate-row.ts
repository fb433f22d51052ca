const LABEL_WIDTH = 44;
const COLUMN_WIDTH = 18;

/** A line of the estimate: a label, and a cell per target. A long cell pushes the others, but stays apart from them. */
export function estimateRow(label: string, cells: readonly string[]): string {
  const padded = cells.map((cell) => ` ${cell}`.padStart(COLUMN_WIDTH));
  return `${label.padEnd(LABEL_WIDTH)}${padded.join('')}`;
}
