import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseVariants } from '@triptych/base/variants';
import { askControl } from '@triptych/shop/control/ask-control';
import { findShop } from '@triptych/shop/control/running';
import { buyInEach } from '@triptych/shop/order/buy-in-each';
import type { Span } from '@triptych/shop/order/span';
import { renderPurchases } from '@triptych/shop/order/timeline';
import { DEMO_CUSTOMER } from '@triptych/shop/start/demo-accounts';

const USAGE = `npm run buy -- <variant>[,<variant>] [--port 4000]

Places one more order in the running shop and prints its timeline (default: in every running variant).

  --port 5000   the shop to use, when several are running`;

/** `npm run buy -- <variant>`: places one more order in the running shop and prints its timeline. */
export async function buy(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, { port: { type: 'string' } }, USAGE);
  const wanted = positionals[0] === undefined ? undefined : parseVariants(positionals[0]);
  const running = await findShop(repositoryRoot, values.port);
  const runs = parseVariants(undefined).filter((variant) => running.variants[variant]);
  const targets = (wanted ?? runs).map((variant) => {
    const baseUrl = running.variants[variant];
    if (!baseUrl) throw new UserError(`${variant} is not running: it was left out by --only.`);
    return { variant, baseUrl };
  });
  const spansOf = (traceId: string) =>
    askControl<Span[]>(running, `/control/spans?traceId=${traceId}`);
  const { shopFlag } = running;
  const seeLogs = (order: string) => `npm run logs -- --order ${order}${shopFlag}`;
  const timelines = await buyInEach(targets, DEMO_CUSTOMER, spansOf, seeLogs);
  console.log(renderPurchases(timelines, shopFlag));
}
