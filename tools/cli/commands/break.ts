import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { askControl } from '@triptych/shop/control/ask-control';
import type { ShopStatus } from '@triptych/shop/control/control-routes';
import { type BreakRequest, parseBreak } from '@triptych/shop/control/parse-break';
import { renderFaults, renderStatus } from '@triptych/shop/control/render-status';
import { findShop } from '@triptych/shop/control/running';

const USAGE = `npm run break -- <action> [--port 4000]

Injects faults into the running shop until they are healed. Except for \`kill\`, a fault affects all variants.

  list                        what can be broken, and what is broken now
  kill <variant> <service>    kill the processes of a service; the local cloud restarts them
  slow <ms>                   delay every AWS call by this many milliseconds
  cut-off <service>[,…]       make AWS services unreachable: dynamodb, events, s3, sqs, …
  drop-answers <0..1>         the probability that an AWS call takes effect but its answer is lost
  throttle <0..1>             the probability that a DynamoDB call is throttled
  duplicate <0..1>            the probability that a queue message is delivered twice
  reorder                     deliver queue messages in random order
  heal                        end all faults

  --port 5000                 the shop to use, when several are running

Examples: npm run break -- kill microservices catalog
          npm run break -- cut-off events`;

/**
 * `npm run break`: injects a fault into the running shop through its control API, or lists or ends faults.
 * @throws UserError for an unknown action, variant or service, naming the possible ones
 */
export async function breakShop(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, { port: { type: 'string' } }, USAGE);
  const request = parseBreak(positionals);
  const shop = await findShop(repositoryRoot, values.port);
  const { path, body, method } = request;
  const answer = await askControl<unknown>(shop, path, method === 'POST' ? body : undefined);
  console.log(describe(request, answer));
}

function describe({ action, body }: BreakRequest, answer: unknown): string {
  if (action === 'list') return renderStatus(answer as ShopStatus);
  if (action !== 'kill') return renderFaults(answer as ShopStatus['faults']);
  const { killed } = answer as { killed: number };
  const of = `${String(body.service)} in ${String(body.variant)}`;
  if (killed > 0) return `Killed ${killed} ${killed === 1 ? 'process' : 'processes'} of ${of}.`;
  return `No process of ${of} is running: a function starts one for its next request, and a killed container restarts.`;
}
