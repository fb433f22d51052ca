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

const USAGE = `npm run buy -- <variant>[,<variant>]

Places one more order in the running shop and prints its timeline (default: in every running variant).`;

/** `npm run buy -- <variant>`: places one more order in the running shop and prints its timeline. */
export async function buy(args: string[]): Promise<void> {
  const { positionals } = parseFlags(args, {}, USAGE);
  const wanted = positionals[0] === undefined ? undefined : parseVariants(positionals[0]);
  const running = await findShop(repositoryRoot);
  const runs = parseVariants(undefined).filter((variant) => running.variants[variant]);
  const targets = (wanted ?? runs).map((variant) => {
    const baseUrl = running.variants[variant];
    if (!baseUrl) throw new UserError(`${variant} is not running: it was left out by --only.`);
    return { variant, baseUrl };
  });
  const spansOf = (traceId: string) =>
    askControl<Span[]>(running, `/control/spans?traceId=${traceId}`);
  console.log(renderPurchases(await buyInEach(targets, DEMO_CUSTOMER, spansOf)));
}
