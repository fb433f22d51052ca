import { type HttpPlugin, receiveRawBodies } from '@triptych/platform/http';
import { span } from '@triptych/platform/telemetry';
import { Type } from 'typebox';
import type { Payments, ProviderReport } from '../core/index.ts';
import { oneHeader } from './one-header.ts';
import { ReceivedSchema } from './schemas.ts';

/** The provider chooses the size of its events. An invoice with hundreds of lines takes a few hundred kB. */
export const MAX_EVENT_BYTES = 1024 * 1024;

/**
 * Verifies a webhook's signature over its raw bytes.
 * @throws AppError validation `invalid-signature`, `malformed-json`, `unexpected-event`
 */
export type VerifyWebhook = (
  rawBody: Uint8Array,
  signature: string | undefined,
) => Promise<ProviderReport>;

/** Documented as an event, but received as bytes: the signature covers them, and it is the validation. */
const StripeEvent = Type.Unsafe<Uint8Array>(
  Type.Object(
    { id: Type.String(), type: Type.String(), data: Type.Object({ object: Type.Object({}) }) },
    { description: "One of the provider's events, at most 1 MiB." },
  ),
);

const SignatureHeader = Type.Object({
  'Stripe-Signature': Type.String({
    description: '`t=<epoch seconds>,v1=<HMAC-SHA256 of "<t>.<raw body>" in hex>`',
  }),
});

/** The route that receives the provider's events. A 500 `stray-charge` or 503 makes the provider send an event again. */
export function webhookRoute(options: { payments: Payments; verify: VerifyWebhook }): HttpPlugin {
  const { payments, verify } = options;
  return async (app) => {
    receiveRawBodies(app, MAX_EVENT_BYTES);
    app.post(
      '/payments/webhooks/stripe',
      {
        validatorCompiler: () => (value) => ({ value }),
        schema: {
          operationId: 'receiveEvent',
          summary: "Receives the provider's signed events",
          body: StripeEvent,
          response: { 200: ReceivedSchema },
          documented: {
            headers: SignatureHeader,
            errors: { 400: ['invalid-signature', 'unexpected-event'], 500: ['stray-charge'] },
          },
        },
      },
      async ({ headers, body }) => {
        // Without a body, Fastify calls no parser, so `body` is undefined.
        const report = await verify(
          body ?? Buffer.alloc(0),
          oneHeader(headers['stripe-signature']),
        );
        const orderId = (report.intent ?? report.refund)?.orderId ?? report.refundedOrderId ?? '';
        const attributes = { eventId: report.eventId, orderId };
        await span('payments.accept-report', attributes, () => payments.acceptReport(report));
        return { received: true as const };
      },
    );
  };
}
