import { existsSync } from 'node:fs';
import { displayPath } from '@triptych/base/display-path';
import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parsePort, parseVariant } from '@triptych/base/variants';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { findAmong, listRunning, type Running } from '@triptych/shop/control/running';
import { type LogEntry, partsOfStack } from '@triptych/shop/logs/log-entry';
import { logFolderOf, newestLogFolder } from '@triptych/shop/logs/log-folder';
import { followLogs, loggedStacks, readLogs } from '@triptych/shop/logs/read-logs';
import { renderLine } from '@triptych/shop/logs/render-line';
import { selectLines } from '@triptych/shop/logs/select-lines';
import colors from 'picocolors';

const USAGE = `npm run logs -- [service] [--variant v] [--follow] [--trace id] [--order id] [--port 4000] [--json]

Shows the logs of the running shop, or of the last one when none is running.

  service        ${CONTEXT_NAMES.join(', ')}, provider, …
  --variant v    microservices, serverless or hybrid
  --follow, -f   keep printing new lines until Ctrl-C
  --trace id     only the lines of one trace; its first eight digits, as printed on each line, are enough
  --order id     only the lines that name an order, and all lines of their traces
  --port 5000    the shop to use, when several are running, or the last one on that port
  --json         one JSON object per line, for jq`;

/** `npm run logs`: prints the log files of `npm start`, ordered by time, as text or JSON. */
export async function logs(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    {
      variant: { type: 'string' },
      follow: { type: 'boolean', short: 'f' },
      trace: { type: 'string' },
      order: { type: 'string' },
      port: { type: 'string' },
      json: { type: 'boolean' },
    },
    USAGE,
  );
  const folder = await logFolder(values.port);
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

/** The log folder of the running shop, or of the last one; says on stderr which it is. */
async function logFolder(port: string | undefined): Promise<string> {
  const wanted = port === undefined ? undefined : parsePort(port);
  const shops = await listRunning(repositoryRoot);
  const folder = wanted === undefined ? undefined : logFolderOf(repositoryRoot, wanted);
  const isWanted = ({ logFolder: its }: Running) => folder === undefined || its === folder;
  if (shops.some(isWanted)) return findAmong(shops, port).logFolder;
  const last = folder ?? (await newestLogFolder(repositoryRoot));
  if (last === undefined || !existsSync(last)) {
    throw new UserError(
      `There are no logs${folder ? ` in ${displayPath(folder)}` : ''} yet: run \`npm start\` first.`,
    );
  }
  console.error(
    colors.dim(`No shop is running. Showing the logs of the last one, in ${displayPath(last)}.`),
  );
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
