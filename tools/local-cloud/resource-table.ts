import type { Registry } from './cloudformation/index.ts';

const begin =
  '<!-- resource types: begin (written by `node tools/local-cloud/write-readme.ts`) -->';
const end = '<!-- resource types: end -->';

/** One row for each resource type: what of it is honoured, what is ignored and why. */
export function resourceTable(registry: Registry): string {
  const made = [...registry.providers.values()].map(({ type, properties }) => {
    const honoured = Object.keys(properties).filter((name) => properties[name] === 'honoured');
    const ignored = Object.entries(properties).flatMap(([name, support]) =>
      support === 'honoured' ? [] : [[support.ignored, name] as const],
    );
    return [type, honoured.map(code).join(', ') || '–', reasons(ignored) || '–'];
  });
  const ignored = [...registry.ignored.values()].map(({ type, reason }) => {
    return [type, '–', `the whole type: ${reason}`];
  });
  const rows = [...made, ...ignored].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return alignedTable([['type', 'honoured', 'ignored'], ...rows]);
}

/** A Markdown table as the formatter writes it: columns padded to their widest cell. */
function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = '', ...body] = rows.map((cells) =>
    line(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}

/**
 * Puts the table between its two markers.
 * @throws Error when the text has no markers
 */
export function withResourceTable(text: string, table: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks the markers ${begin} and ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`;
}

/** Properties with the same reason stand together. */
function reasons(ignored: readonly (readonly [string, string])[]): string {
  const byReason = Map.groupBy(ignored, ([reason]) => reason);
  return [...byReason]
    .map(([reason, entries]) => `${entries.map(([, name]) => code(name)).join(', ')}: ${reason}`)
    .join('; ');
}

function code(name: string): string {
  return `\`${name}\``;
}
