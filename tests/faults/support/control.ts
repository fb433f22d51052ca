import { parseVariant } from '@triptych/base/variants';
import type { Misbehaviour } from '@triptych/local-cloud';
import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { type QueueName, redriveQueue } from '@triptych/shop/operate/redrive-queue';
import { call } from './local-call.ts';

const env = (name: string): string => {
  const value = process.env[name];
  if (!value)
    throw new Error(`Fault tests break a local shop: run them by \`npm test\` (${name}).`);
  return value;
};

/** The variant this project judges. */
export const variant = parseVariant(env('TRIPTYCH_VARIANT'));

const control = (method: string, path: string, body?: unknown) =>
  call(env('TRIPTYCH_CONTROL_URL') + path, {
    method,
    headers: { authorization: `Bearer ${env('TRIPTYCH_CONTROL_TOKEN')}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Kills every process of a service (containers or function sandboxes); returns how many there were. */
export async function kill(service: string): Promise<number> {
  return (await control('POST', '/control/kill', { variant, service })).killed as number;
}

/** Makes every delayed message (the deadlines) visible now. */
export async function deliverDelayedNow(): Promise<number> {
  return (await control('POST', '/control/deliver-delayed')).delivered as number;
}

/** Changes what goes wrong in the local cloud. */
export async function misbehave(change: Partial<Misbehaviour>): Promise<void> {
  await control('POST', '/control/misbehave', change);
}

/** How many messages of a queue of this variant are waiting, out or delayed; 0 where there is no such queue. */
export async function messagesIn(queue: RegExp): Promise<number> {
  const depths = (await control('GET', '/control/status')).queues as Record<
    string,
    { visible: number; inFlight: number; delayed: number }
  >;
  return Object.entries(depths)
    .filter(([arn]) => arn.includes(variant) && queue.test(arn))
    .reduce((sum, [, depth]) => sum + depth.visible + depth.inFlight + depth.delayed, 0);
}

/** What `npm run redrive` does; returns how many messages went back. */
export async function redrive(queue: QueueName): Promise<number> {
  return (await redriveQueue({ variant, queue, endpointUrl: env('TRIPTYCH_ENDPOINT_URL') })).moved;
}

/** What `npm run reconcile` prints: the differences between our ledger and the provider's statement. */
export async function differences(): Promise<string[]> {
  const found = await reconcileVariant({
    variant,
    days: 1,
    endpointUrl: env('TRIPTYCH_ENDPOINT_URL'),
  });
  return found.map(({ code, id, detail }) => `${code} ${id}: ${detail}`);
}

/** One charge on the payment provider's statement. */
export interface Charge {
  intentId: string;
  orderId: string;
  amountCents: number;
  status: string;
}

const provider = (method: string, path: string, body?: unknown) =>
  call(new URL(path, env('TRIPTYCH_PROVIDER_URL')).href, {
    method,
    headers: {
      authorization: `Bearer ${env('TRIPTYCH_PROVIDER_KEY')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

export async function statement(): Promise<Charge[]> {
  return (await provider('GET', '/_control/statement')).charges as Charge[];
}

/** The provider's operations that may go wrong. */
type Operation = 'create' | 'confirm' | 'retrieve' | 'cancel' | 'refund' | 'list';

/** Makes the provider fail (500), or carry out and then stay silent; of all requests or some operations. */
export async function providerBehaves(behaviour: {
  dropAnswers?: boolean | number;
  failWith500?: boolean | number;
  operations?: Operation[];
}): Promise<void> {
  await provider('POST', '/_control/behaviour', behaviour);
}
