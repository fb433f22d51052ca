import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import { askControl } from '@triptych/shop/control/ask-control';
import { findShop } from '@triptych/shop/control/running';
import type { Span } from '@triptych/shop/order/span';
import { renderTree } from '@triptych/shop/trace/render-tree';

const USAGE = `npm run trace -- <order id> [--variant v] [--json]

Prints the spans of an order in the running shop as a tree: HTTP, outbox, event bus, queues and provider.

  --variant v   only the spans of microservices, serverless or hybrid
  --json        print the spans as JSON, ordered by start time`;

/**
 * `npm run trace -- <order>`: prints the spans of one order as a tree.
 * @throws UserError when no shop is running or no span names the order
 */
export async function trace(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    { variant: { type: 'string' }, json: { type: 'boolean' } },
    USAGE,
  );
  const [order] = positionals;
  if (!order) throw new UserError(`Say which order. Usage: ${USAGE.split('\n', 1)[0]}`);
  const query = new URLSearchParams({ order });
  if (values.variant !== undefined) query.set('variant', parseVariant(values.variant));
  const running = await findShop(repositoryRoot);
  const spans = await askControl<Span[]>(running, `/control/trace?${query}`);
  console.log(
    values.json ? JSON.stringify(spans, null, 2) : renderTree(order, spans, process.stdout.columns),
  );
}
