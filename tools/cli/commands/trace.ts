import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import { askControl } from '@triptych/shop/control/ask-control';
import { findShop } from '@triptych/shop/control/running';
import type { Span } from '@triptych/shop/order/span';
import { firstFailures } from '@triptych/shop/trace/failure';
import { renderFailures } from '@triptych/shop/trace/render-failures';
import { renderTree } from '@triptych/shop/trace/render-tree';
import { spanTree } from '@triptych/shop/trace/span-tree';
import { whereRaised } from '@triptych/shop/trace/where-raised';

const USAGE = `npm run trace -- <order id> [--variant v] [--port 4000] [--json]

Prints the spans of an order in the running shop as a tree: HTTP, outbox, event bus, queues and provider. For each failure,
prints the error's code, the source that raises it, and the command that shows its logs.

  --variant v   only the spans of microservices, serverless or hybrid
  --port 5000   the shop to use, when several are running
  --json        print the spans as JSON, ordered by start time`;

/**
 * `npm run trace -- <order>`: prints the spans of one order as a tree.
 * @throws UserError when no shop is running or no span names the order
 */
export async function trace(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    { variant: { type: 'string' }, port: { type: 'string' }, json: { type: 'boolean' } },
    USAGE,
  );
  const [order] = positionals;
  if (!order) throw new UserError(`Say which order. Usage: ${USAGE.split('\n', 1)[0]}`);
  const query = new URLSearchParams({ order });
  if (values.variant !== undefined) query.set('variant', parseVariant(values.variant));
  const running = await findShop(repositoryRoot, values.port);
  const spans = await askControl<Span[]>(running, `/control/trace?${query}`);
  if (values.json) return console.log(JSON.stringify(spans, null, 2));
  console.log(renderTree(order, spans, process.stdout.columns));
  const failures = firstFailures(spanTree(spans));
  const raisedIn = new Map<string, string[]>();
  for (const { error = '' } of failures) {
    raisedIn.set(error, raisedIn.get(error) ?? (await whereRaised(repositoryRoot, error)));
  }
  const told = renderFailures(failures, { raisedIn, shopFlag: running.shopFlag });
  if (told) console.log(told);
}
