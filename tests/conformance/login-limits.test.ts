import { expect, test } from 'vitest';
import { attemptLogIn, newCustomer } from './support/accounts.ts';
import { expectProblem, expectSameProblem } from './support/expect-problem.ts';
import { unique } from './support/shop.ts';

const LIMIT = 10;
const wrong = 'not this one 1';
const nobody = () => `${unique('nobody')}@conformance.example`;

/** Logs in with a wrong password, sequentially, and returns the responses. */
async function failTimes(email: string, times: number) {
  const answers = [];
  for (let n = 0; n < times; n += 1) answers.push(await attemptLogIn(email, wrong));
  return answers;
}

test('the eleventh failed log-in is rejected with 429 and Retry-After', async () => {
  const { email } = await newCustomer();
  const answers = await failTimes(email, LIMIT + 1);
  expect(answers.map(({ status }) => status)).toEqual([...Array(LIMIT).fill(401), 429]);
  const last = answers[LIMIT];
  if (!last) throw new Error('no answer');
  expectProblem(last, 429, 'too-many-attempts');
  const seconds = Number(last.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(15 * 60);
});

test('the right password is rejected while the limit is exceeded', async () => {
  const { email, password } = await newCustomer();
  await failTimes(email, LIMIT);
  expectProblem(await attemptLogIn(email, password), 429, 'too-many-attempts');
});

test('an unknown account gets the same responses', async () => {
  const { email } = await newCustomer();
  const [known, unknown] = await Promise.all([
    failTimes(email, LIMIT + 2),
    failTimes(nobody(), LIMIT + 2),
  ]);
  for (const [index, answer] of known.entries()) {
    const other = unknown[index];
    if (!other) throw new Error('no answer');
    expectSameProblem(answer, other);
    expect(answer.headers.has('retry-after')).toBe(other.headers.has('retry-after'));
  }
});

test('an e-mail address in another letter case shares the count', async () => {
  const email = nobody();
  await failTimes(email, LIMIT / 2);
  await failTimes(email.toUpperCase(), LIMIT / 2);
  expectProblem(await attemptLogIn(email, wrong), 429, 'too-many-attempts');
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
