import { parseVariant } from '@triptych/base/variants';
import type { QueueName } from '@triptych/context-map';
import type { Misbehaviour } from '@triptych/local-cloud';
import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { redriveQueue } from '@triptych/shop/operate/redrive-queue';
import { call } from './local-call.ts';

/** A setting of the judged shop. @throws Error when it is not set */
export const env = (name: string): string => {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `${name} is not set. Fault tests need a local shop that they can break: run them with \`npm test\`.`,
    );
  return value;
};

/** The variant that this project tests. */
export const variant = parseVariant(env('TRIPTYCH_VARIANT'));

/** Calls the control API of the judged shop. */
export const control = (method: string, path: string, body?: unknown) =>
  call(env('TRIPTYCH_CONTROL_URL') + path, {
    method,
    headers: { authorization: `Bearer ${env('TRIPTYCH_CONTROL_TOKEN')}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Kills every process of a service (containers or function sandboxes) and returns how many there were. */
export async function kill(service: string): Promise<number> {
  return (await control('POST', '/control/kill', { variant, service })).killed as number;
}

/** Releases a service as a deployment does. Resolves when its new processes serve requests. */
export async function release(service: string): Promise<void> {
  await control('POST', '/control/release', { variant, service });
}

/** Makes every delayed message visible now. Deadlines are the delayed messages. */
export async function deliverDelayedNow(): Promise<number> {
  return (await control('POST', '/control/deliver-delayed')).delivered as number;
}

/** Changes the faults that the local cloud injects. */
export async function misbehave(change: Partial<Misbehaviour>): Promise<void> {
  await control('POST', '/control/misbehave', change);
}

/** Counts the visible, in-flight and delayed messages of a queue of this variant. Returns 0 if there is no such queue. */
export async function messagesIn(queue: RegExp): Promise<number> {
  const depths = (await control('GET', '/control/status')).queues as Record<
    string,
    { visible: number; inFlight: number; delayed: number }
  >;
  return Object.entries(depths)
    .filter(([arn]) => arn.includes(variant) && queue.test(arn))
    .reduce((sum, [, depth]) => sum + depth.visible + depth.inFlight + depth.delayed, 0);
}

/** Redrives a queue as `npm run redrive` does, and returns the number of messages moved. */
export async function redrive(queue: QueueName): Promise<number> {
  return (await redriveQueue({ variant, queue, endpointUrl: env('TRIPTYCH_ENDPOINT_URL') })).moved;
}

/** The differences between our ledger and the provider's statement, as `npm run reconcile` prints them. */
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

/** The provider's operations that can fail. */
type Operation = 'create' | 'confirm' | 'retrieve' | 'cancel' | 'refund' | 'list';

/**
 * Makes the provider return 500 or a gateway's 503, or carry out a request without responding. Applies to all operations or to
 * some.
 */
export async function providerBehaves(behaviour: {
  dropAnswers?: boolean | number;
  failWith500?: boolean | number;
  failAtGateway?: boolean | number;
  operations?: Operation[];
}): Promise<void> {
  await provider('POST', '/_control/behaviour', behaviour);
}
