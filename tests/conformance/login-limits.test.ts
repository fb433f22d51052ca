import { NO_ANSWER } from '@triptych/base/until-answered';
import { expect, test } from 'vitest';
import { attemptLogIn, newCustomer } from './support/accounts.ts';
import { expectProblem, expectSameProblem } from './support/expect-problem.ts';
import type { Answer } from './support/http.ts';
import { unique } from './support/shop.ts';

const LIMIT = 10;
const wrong = 'not this one 1';
const nobody = () => `${unique('nobody')}@conformance.example`;

/**
 * Fails to log in until the answer is 429. An attempt that gets no answer may count, so it is not repeated.
 * @param emails spellings of the account's address, which take turns
 * @returns the answers with 401, the one with 429, and the number of attempts without an answer
 */
async function failUntilRejected(...emails: string[]) {
  const failed: Answer<unknown>[] = [];
  let unanswered = 0;
  for (let n = 0; n < 3 * LIMIT; n += 1) {
    const answer = await attemptLogIn(emails[n % emails.length] ?? '', wrong, { once: true });
    if (answer.status === 429) return { failed, rejected: answer, unanswered };
    if (NO_ANSWER.has(answer.status)) unanswered += 1;
    else failed.push(answer);
  }
  throw new Error(`none of ${3 * LIMIT} failed log-ins was rejected`);
}

test('the eleventh failed log-in is rejected with 429 and Retry-After', async () => {
  const { email } = await newCustomer();
  const { failed, rejected, unanswered } = await failUntilRejected(email);
  expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 401));
  expect(failed.length).toBeLessThanOrEqual(LIMIT);
  expect(failed.length + unanswered).toBeGreaterThanOrEqual(LIMIT);
  expectProblem(rejected, 429, 'too-many-attempts');
  const seconds = Number(rejected.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(15 * 60);
});

test('the right password is rejected while the limit is exceeded', async () => {
  const { email, password } = await newCustomer();
  await failUntilRejected(email);
  expectProblem(await attemptLogIn(email, password), 429, 'too-many-attempts');
});

test('an unknown account gets the same responses', async () => {
  const { email } = await newCustomer();
  const [known, unknown] = await Promise.all([
    failUntilRejected(email),
    failUntilRejected(nobody()),
  ]);
  if (known.unanswered + unknown.unanswered === 0) {
    expect(unknown.failed.length).toBe(known.failed.length);
  }
  const [answer] = known.failed;
  if (!answer) throw new Error('no answer');
  for (const other of [...known.failed, ...unknown.failed]) expectSameProblem(answer, other);
  expectSameProblem(known.rejected, unknown.rejected);
  expect(unknown.rejected.headers.has('retry-after')).toBe(true);
});

test('an e-mail address in another letter case shares the count', async () => {
  const email = nobody();
  const { failed } = await failUntilRejected(email, email.toUpperCase());
  expect(failed.length).toBeLessThanOrEqual(LIMIT);
});

test('thirty concurrent log-ins do not exceed the limit', async () => {
  const email = nobody();
  const answers = await Promise.all(Array.from({ length: 30 }, () => attemptLogIn(email, wrong)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(LIMIT);
  expect(statuses.every((status) => status === 401 || status === 429)).toBe(true);
});

test('successful log-ins do not count, and other accounts are not locked out', async () => {
  const { email, password } = await newCustomer();
  const statuses = [];
  for (let n = 0; n < LIMIT + 2; n += 1) {
    statuses.push((await attemptLogIn(email, password)).status);
  }
  expect(statuses).toEqual(statuses.map(() => 200));
});
