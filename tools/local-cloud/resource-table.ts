import type { Registry } from './cloudformation/index.ts';
import { createKernel } from './create-kernel.ts';
import { createServices } from './create-services.ts';
import type { WireService } from './kernel.ts';
import { LogStore } from './logs/index.ts';

/** The generated parts of RESOURCES.md. */
type Part = 'calls' | 'resource types';

/** The names of the services in the documentation, by their names in a signature. */
const TITLES: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  dynamodb: 'DynamoDB and DynamoDB Streams',
  events: 'EventBridge',
  lambda: 'Lambda',
  'lambda-web': 'Lambda Web Functions',
  logs: 'CloudWatch Logs',
  otlp: 'OTLP in JSON',
  s3: 'S3',
  secretsmanager: 'Secrets Manager',
  sqs: 'SQS',
  states: 'Step Functions',
  sts: 'STS',
};

/**
 * Replaces the tables in the text of RESOURCES.md with those of the services.
 * @throws Error when the text does not have the markers of a table, or when a service has no title
 */
export function withResourceTables(text: string): string {
  const { kernel } = createKernel({ root: '/' });
  const { data, registry, traces, aws } = createServices(kernel, new LogStore());
  data.stop();
  const calls = callTable([...aws, traces.wire]);
  return withTable(withTable(text, 'calls', calls), 'resource types', resourceTable(registry));
}

/** A Markdown table with one row per service: its calls. */
function callTable(services: readonly WireService[]): string {
  const rows = services.map(({ name, calls }) => {
    const title = TITLES[name];
    if (title === undefined) throw new Error(`The service ${name} has no title in TITLES`);
    return [title, calls.join(', ')];
  });
  const sorted = rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return markdownTable([['service', 'calls'], ['---', '---'], ...sorted]);
}

/**
 * A Markdown table with one row per resource type: its honoured properties, and its ignored ones
 * with reasons.
 */
function resourceTable(registry: Registry): string {
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

/** Replaces the text between two markers with a table. @throws Error without the markers */
function withTable(text: string, part: Part, table: string): string {
  const begin = `<!-- ${part}: begin (written by \`node tools/local-cloud/write-resource-table.ts\`) -->`;
  const end = `<!-- ${part}: end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`RESOURCES.md lacks the markers ${begin} and ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`;
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
