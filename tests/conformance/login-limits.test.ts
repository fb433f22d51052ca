import { expect, test } from 'vitest';
import { attemptLogIn, newCustomer } from './support/accounts.ts';
import { expectProblem, expectSameProblem } from './support/expect-problem.ts';
import { unique } from './support/shop.ts';

const limit = 10;
const wrong = 'not this one 1';
const nobody = () => `${unique('nobody')}@conformance.example`;

/** Log-ins with a wrong password, one after the other; their answers. */
async function failTimes(email: string, times: number) {
  const answers = [];
  for (let n = 0; n < times; n += 1) answers.push(await attemptLogIn(email, wrong));
  return answers;
}

test('after ten failed log-ins the eleventh is too many, with a time to wait', async () => {
  const { email } = await newCustomer();
  const answers = await failTimes(email, limit + 1);
  expect(answers.map(({ status }) => status)).toEqual([...Array(limit).fill(401), 429]);
  const last = answers[limit];
  if (!last) throw new Error('no answer');
  expectProblem(last, 429, 'too-many-attempts');
  const seconds = Number(last.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(15 * 60);
});

test('the right password does not help while there are too many', async () => {
  const { email, password } = await newCustomer();
  await failTimes(email, limit);
  expectProblem(await attemptLogIn(email, password), 429, 'too-many-attempts');
});

test('an account that does not exist gets the same answers', async () => {
  const { email } = await newCustomer();
  const [known, unknown] = await Promise.all([
    failTimes(email, limit + 2),
    failTimes(nobody(), limit + 2),
  ]);
  for (const [index, answer] of known.entries()) {
    const other = unknown[index];
    if (!other) throw new Error('no answer');
    expectSameProblem(answer, other);
    expect(answer.headers.has('retry-after')).toBe(other.headers.has('retry-after'));
  }
});

test('letter case does not start another count', async () => {
  const email = nobody();
  await failTimes(email, limit / 2);
  await failTimes(email.toUpperCase(), limit / 2);
  expectProblem(await attemptLogIn(email, wrong), 429, 'too-many-attempts');
});

test('thirty at once are no way round it', async () => {
  const email = nobody();
  const answers = await Promise.all(Array.from({ length: 30 }, () => attemptLogIn(email, wrong)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(limit);
  expect(statuses.every((status) => status === 401 || status === 429)).toBe(true);
});

test('log-ins that succeed are not counted, and other accounts are not locked out', async () => {
  const { email, password } = await newCustomer();
  const statuses = [];
  for (let n = 0; n < limit + 2; n += 1) {
    statuses.push((await attemptLogIn(email, password)).status);
  }
  expect(statuses).toEqual(statuses.map(() => 200));
});
