import type { Registry } from './cloudformation/index.ts';

const BEGIN =
  '<!-- resource types: begin (written by `node tools/local-cloud/write-resource-table.ts`) -->';
const END = '<!-- resource types: end -->';

/**
 * A Markdown table with one row per resource type: its honoured properties, and its ignored ones
 * with reasons.
 */
export function resourceTable(registry: Registry): string {
  const supported = [...registry.providers.values()].map(({ type, properties }) => {
    const honoured = Object.keys(properties).filter((name) => properties[name] === 'honoured');
    const ignored = Object.entries(properties).flatMap(([name, support]) =>
      support === 'honoured' ? [] : [[support.ignored, name] as const],
    );
    return [type, honoured.map(code).join(', ') || '–', groupedByReason(ignored) || '–'];
  });
  const ignored = [...registry.ignored.values()].map(({ type, reason }) => {
    return [type, '–', `the whole type: ${reason}`];
  });
  const rows = [...supported, ...ignored].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return markdownTable([['type', 'honoured', 'ignored'], ['---', '---', '---'], ...rows]);
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Replaces the text between the two markers with the table.
 * @throws Error when the text does not have the markers
 */
export function withResourceTable(text: string, table: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`RESOURCES.md lacks the markers ${BEGIN} and ${END}`);
  return `${text.slice(0, from)}${BEGIN}\n\n${table}\n\n${text.slice(to)}`;
}

/** Lists the properties that share a reason together. */
function groupedByReason(ignored: readonly (readonly [string, string])[]): string {
  const byReason = Map.groupBy(ignored, ([reason]) => reason);
  return [...byReason]
    .map(([reason, entries]) => `${entries.map(([, name]) => code(name)).join(', ')}: ${reason}`)
    .join('; ');
}

function code(name: string): string {
  return `\`${name}\``;
}
