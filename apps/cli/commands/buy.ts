import { readRunning } from '../control/running.ts';
import { buyInEach } from '../order/buy-in-each.ts';
import type { Span } from '../order/span.ts';
import { renderTimelines } from '../order/timeline.ts';
import { demoCustomer } from '../start/demo-accounts.ts';
import { repositoryRoot } from '../start/shop.ts';
import { UserError } from '../user-error.ts';
import { parseVariants } from '../variants.ts';
import { parseFlags } from './flags.ts';

const controlTimeoutMs = 5_000;

/** `npm run buy -- <variant>`: one more order in a shop that runs, with its timeline. */
export async function buy(args: string[]): Promise<void> {
  const { positionals } = parseFlags(args, {}, 'npm run buy -- <variant>[,<variant>]');
  const running = await readRunning(repositoryRoot);
  const targets = parseVariants(positionals[0]).map((variant) => {
    const baseUrl = running.variants[variant];
    if (!baseUrl) throw new UserError(`${variant} is not running: it was left out by --only.`);
    return { variant, baseUrl };
  });
  const spansOf = async (traceId: string): Promise<Span[]> => {
    const response = await fetch(`${running.controlUrl}/control/spans?traceId=${traceId}`, {
      headers: { authorization: `Bearer ${running.token}` },
      signal: AbortSignal.timeout(controlTimeoutMs),
    });
    if (!response.ok) throw new UserError(`The control API answered ${response.status}.`);
    return (await response.json()) as Span[];
  };
  console.log(renderTimelines(await buyInEach(targets, demoCustomer, spansOf)));
}
