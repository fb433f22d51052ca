import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentLogger, currentTraceparent, span } from '../telemetry/index.ts';
import { captureLog, type LogLine, spansIn } from '../testing/captured-log.ts';
import { meetingOf, type ServedApp, serveApp } from '../testing/served-app.ts';
import { shopConfig } from '../testing/shop-app.ts';
import { authenticate } from '../tokens/bearer-auth.ts';
import { tokenVerifier } from '../tokens/token-verifier.ts';

/** The default limit of requests per environment. AWS Lambda Developer Guide, "Web functions: scaling" */
const AT_ONCE = 64;
const ISSUER = 'https://shop.example';
const customers = Array.from({ length: AT_ONCE }, (_, index) => ({
  accountId: `account-${index}`,
  ip: `198.51.100.${index}`,
  id: `request-${index}`,
  traceId: (index + 1).toString(16).padStart(32, '0'),
  text: `only for ${index}`,
}));

let log: LogLine[];
let served: ServedApp;
let tokens: string[];

beforeEach(async () => {
  log = captureLog();
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] });
  const verifier = tokenVerifier({ issuer: ISSUER, jwksUrl: `${ISSUER}/unused`, keys });
  const sign = (accountId: string) =>
    new SignJWT({ role: 'customer' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k1' })
      .setIssuedAt()
      .setIssuer(ISSUER)
      .setAudience('triptych')
      .setExpirationTime('15m')
      .setSubject(accountId)
      .sign(privateKey);
  tokens = await Promise.all(customers.map(({ accountId }) => sign(accountId)));
  const customer = authenticate(verifier);
  const allArrived = meetingOf(AT_ONCE);
  served = await serveApp({
    config: shopConfig(2),
    title: 'Catalog',
    plugin: async (scope) => {
      scope.post('/catalog/seen', { onRequest: customer }, async (request) => {
        await allArrived();
        const { id, ip, body } = request;
        return span('catalog.see', {}, async () => {
          currentLogger().info({ accountId: request.caller.accountId }, 'seen');
          const [, traceId] = currentTraceparent()?.split('-') ?? [];
          return { accountId: request.caller.accountId, ip, id, traceId, body };
        });
      });
    },
  });
});
afterEach(() => served.stop());

it('shows each of 64 customers at once only their own request', async () => {
  const answers = await Promise.all(
    customers.map(async ({ id, ip, text, traceId }, index) => {
      const answer = await fetch(`${served.url}/catalog/seen`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tokens[index]}`,
          'content-type': 'application/json',
          'x-request-id': id,
          'x-forwarded-for': `${ip}, 203.0.113.9`,
          traceparent: `00-${traceId}-00000000000000ff-01`,
        },
        body: JSON.stringify({ text }),
      });
      return { id: answer.headers.get('x-request-id'), body: await answer.json() };
    }),
  );
  expect(answers).toEqual(
    customers.map(({ text, ...own }) => ({ id: own.id, body: { ...own, body: { text } } })),
  );
  const byTrace = (lines: LogLine[]) =>
    lines.toSorted((a, b) => (`${a.traceId}` < `${b.traceId}` ? -1 : 1));
  const seen = byTrace(log.filter(({ msg }) => msg === 'seen'));
  const own = customers.map(({ accountId, traceId }) => ({ accountId, traceId }));
  expect(seen.map(({ accountId, traceId }) => ({ accountId, traceId }))).toEqual(own);
  const spans = byTrace(spansIn(log).filter(({ name }) => name === 'POST /catalog/seen'));
  expect(spans.map(({ requestId, traceId }) => [requestId, traceId])).toEqual(
    customers.map(({ id, traceId }) => [id, traceId]),
  );
});
