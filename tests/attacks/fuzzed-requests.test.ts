import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adminToken, anyCustomer } from '../conformance/support/accounts.ts';
import { call } from '../conformance/support/http.ts';
import { documentedRoutes, type Route } from '../conformance/support/openapi.ts';
import { seed } from '../faults/support/seeded.ts';
import { expectCleanResponse } from './support/expect-clean-response.ts';
import { type Attempt, attempts } from './support/requests.ts';

/** Per route. Each run draws a new sample, so the number of tested requests grows with every run. */
const REQUESTS_PER_ROUTE = 12;

const routes = (await documentedRoutes()).map(
  (route) => [`${route.method} ${route.path}`, route] as const,
);

test.for(routes)(`%s handles fuzzed requests (seed ${seed})`, async ([, route], context) => {
  const tokens = {
    nobody: undefined,
    customer: (await anyCustomer()).token,
    admin: await adminToken(context),
  };
  const property = fc.asyncProperty(attempts(route), (attempt) => send(route, attempt, tokens));
  // No shrinking, which would send hundreds more. The counterexample and TRIPTYCH_SEED repeat the failure.
  await fc.assert(property, { seed, numRuns: REQUESTS_PER_ROUTE, endOnFailure: true });
});

async function send(
  { method }: Route,
  { path, headers, raw, caller }: Attempt,
  tokens: Record<Attempt['caller'], string | undefined>,
): Promise<void> {
  const token = tokens[caller];
  const answer = await call(method, path, {
    headers,
    ...(token ? { token } : {}),
    ...(raw === undefined ? {} : { raw }),
  });
  expectCleanResponse(answer, `${caller}: ${method} ${path} ${raw ?? ''}`);
  if (caller === 'nobody') expect(answer.text).not.toMatch(/"accessToken"/);
}
