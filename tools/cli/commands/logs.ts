import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { describeShop, listRunning } from '@triptych/shop/control/running';
import { type LogEntry, partsOfStack } from '@triptych/shop/logs/log-entry';
import { followLogs, loggedStacks, readLogs } from '@triptych/shop/logs/read-logs';
import { renderLine } from '@triptych/shop/logs/render-line';
import { selectLines } from '@triptych/shop/logs/select-lines';
import colors from 'picocolors';

const usage = `npm run logs -- [service] [--variant v] [--follow] [--trace id] [--order id] [--json]

What the processes of \`npm start\` wrote, of the shop that runs or else of the last one.

  service        ${CONTEXT_NAMES.join(', ')}, provider, …
  --variant v    microservices, serverless or hybrid
  --follow, -f   goes on with what is written from now on, until Ctrl-C
  --trace id     lines of one trace
  --order id     lines that name an order, and all of the traces they belong to
  --json         a JSON object per line, for jq`;

/** `npm run logs`: the log files of `npm start`, in order of time, for the eye or as JSON. */
export async function logs(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    {
      variant: { type: 'string' },
      follow: { type: 'boolean', short: 'f' },
      trace: { type: 'string' },
      order: { type: 'string' },
      json: { type: 'boolean' },
    },
    usage,
  );
  const folder = await logFolder();
  const [service] = positionals;
  const variant = values.variant === undefined ? undefined : parseVariant(values.variant);
  await assertLogged(folder, service);
  const lines = selectLines({
    ...(service ? { service } : {}),
    ...(variant ? { variant } : {}),
    ...(values.trace ? { trace: values.trace } : {}),
    ...(values.order ? { order: values.order } : {}),
  });
  const print = (entries: readonly LogEntry[]) => {
    for (const entry of entries) lines.learn(entry);
    for (const entry of entries.filter(lines.wanted)) {
      console.log(values.json ? JSON.stringify(asJson(entry)) : renderLine(entry));
    }
  };
  if (!values.follow) return print(await readLogs(folder));
  const leaving = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leaving.abort());
  for await (const entries of followLogs(folder, leaving.signal)) print(entries);
}

const asJson = ({ at, text, fields, ...where }: LogEntry) => ({
  at: new Date(at).toISOString(),
  ...where,
  ...(fields ?? { text }),
});

/** Where the running shop writes, or the last one wrote; says on stderr which. */
async function logFolder(): Promise<string> {
  const [running] = await listRunning(repositoryRoot);
  if (running) {
    console.error(colors.dim(describeShop(running)));
    return running.logFolder;
  }
  const last = join(repositoryRoot, '.triptych', 'logs');
  if (existsSync(last)) console.error(colors.dim('No shop is running: the logs of the last one.'));
  return last;
}

async function assertLogged(folder: string, service: string | undefined): Promise<void> {
  const stacks = await loggedStacks(folder);
  if (stacks.length === 0) throw new UserError('There are no logs yet: run `npm start` first.');
  const services = [...new Set(stacks.map((stack) => partsOfStack(stack).service))].sort();
  if (service && !services.includes(service)) {
    throw new UserError(`No logs of "${service}"; there are: ${services.join(', ')}.`);
  }
}
