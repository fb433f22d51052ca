import { askControl } from '../control/ask-control.ts';
import { findShop } from '../control/running.ts';
import { buyInEach } from '../order/buy-in-each.ts';
import type { Span } from '../order/span.ts';
import { renderPurchases } from '../order/timeline.ts';
import { repositoryRoot } from '../repository-root.ts';
import { demoCustomer } from '../start/demo-accounts.ts';
import { UserError } from '../user-error.ts';
import { parseVariants } from '../variants.ts';
import { parseFlags } from './flags.ts';

const usage = `npm run buy -- <variant>[,<variant>]

One more order in the shop that \`npm start\` runs (all its variants unless told), with its timeline.`;

/** `npm run buy -- <variant>`: one more order in a shop that runs, with its timeline. */
export async function buy(args: string[]): Promise<void> {
  const { positionals } = parseFlags(args, {}, usage);
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
  console.log(renderPurchases(await buyInEach(targets, demoCustomer, spansOf)));
}
