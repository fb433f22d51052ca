import { call } from './local-call.ts';

const env = (name: string): string => {
  const value = process.env[name];
  if (!value)
    throw new Error(`Fault tests break a local shop: run them by \`npm test\` (${name}).`);
  return value;
};

/** The variant this project judges. */
export const variant = env('TRIPTYCH_VARIANT');

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

/** Changes what goes wrong in the local cloud; see Misbehaviour in libs/local-cloud. */
export async function misbehave(change: Record<string, number | boolean>): Promise<void> {
  await control('POST', '/control/misbehave', change);
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
type Operation = 'create' | 'confirm' | 'retrieve' | 'cancel';

/** Makes the provider fail (500), or carry out and then stay silent; of all requests or some operations. */
export async function providerBehaves(behaviour: {
  dropAnswers?: boolean | number;
  failWith500?: boolean | number;
  operations?: Operation[];
}): Promise<void> {
  await provider('POST', '/_control/behaviour', behaviour);
}
