import { type Coordination, stackName } from '@triptych/context-map';
import { durableExecution } from '@triptych/shop/operate/execution-history';
import type { PartFindings } from '../../../data/index.ts';
import type { Contender } from './contender.ts';
import { decideOrders, undecidedOrders } from './undecided-orders.ts';

/** Orders in flight during the deployment. */
const ORDERS = 5;

/** What is deployed for each coordination. */
interface Change {
  readonly app: string;
  readonly what: string;
  /** A step that the new code has renamed, and that an order in flight has not reached. Without it, the code is the same. */
  readonly renamed?: { readonly from: string; readonly to: string };
  /** Says which code an order in flight ran on. */
  readonly code: (contender: Contender, orderId: string) => Promise<string>;
}

const CHANGES: Readonly<Record<Coordination, Change>> = {
  events: {
    app: 'payments',
    what: 'payments with the same handlers, built again',
    code: async () =>
      'The next message of an order in flight meets the new code, which must understand old messages.',
  },
  'step-functions': {
    app: 'checkout',
    what: 'the function of the steps, built again',
    code: async () =>
      'The next step of an order in flight meets the new function. Its state machine stays as it was: on AWS, running executions keep their definition (https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html); the local cloud has no updates of it.',
  },
  'durable-functions': {
    app: 'checkout',
    what: 'the step `commit-stock` renamed to `sell-stock`',
    renamed: { from: 'commit-stock', to: 'sell-stock' },
    code: versionsOf,
  },
};

/** Deploys an app again, of some coordinations with changed code, while orders wait for the payment provider, and records how they end. */
export async function deployAmidOrders(
  findings: PartFindings,
  contender: Contender,
  signal: AbortSignal,
): Promise<void> {
  const { name, provider, journey, target } = contender;
  const subject = 'A deployment with orders in flight';
  const note = (text: string, ok?: boolean) =>
    findings.fact({ target: name, subject, text, ...(ok === undefined ? {} : { ok }) });
  try {
    const { app, what, renamed, code } = CHANGES[name];
    const orders = await undecidedOrders(contender, ORDERS, signal);
    if (renamed) await contender.change(app, renamed.from, renamed.to);
    await target.local.shop.cloud.restart(stackName('serverless', app));
    const ended = await decideOrders(contender, orders, signal);
    const confirmed = ended.filter(({ state }) => state === 'confirmed').length;
    await journey.order(signal);
    note(`Deployed: ${what}, while ${ORDERS} orders waited for the payment provider.`);
    note(`${confirmed} of ${ORDERS} orders in flight were confirmed.`, confirmed === ORDERS);
    note(await code(contender, orders[0]?.id ?? ''));
  } catch (error) {
    findings.addMissing({ target: name, what: subject, why: (error as Error).message });
  } finally {
    await provider.behave({});
  }
}

/** The versions of the code that the order in flight and the next order ran on. */
async function versionsOf({ endpointUrl, journey }: Contender, orderId: string): Promise<string> {
  const versionOf = async (id: string) =>
    /:(\d+)\/durable-execution\//.exec(await durableExecution(endpointUrl, id))?.[1] ?? 'unknown';
  const { order, token } = await journey.place();
  await journey.ended(order.id, token);
  const [before, after] = await Promise.all([versionOf(orderId), versionOf(order.id)]);
  return `Orders in flight stayed on version ${before} until they ended; the next order ran on version ${after}.`;
}
