import { expect, test } from 'vitest';
import { runContainerJob } from './container-job.ts';

const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  // Nobody listens there.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};
const job = { bucket: 'originals', environment, timeoutMs: 30_000 };

test('a job that has done all ends well', async () => {
  const run = await runContainerJob({ ...job, imageIds: [] });
  expect(run).toMatchObject({ ended: 'well', made: 0 });
});

test('one that cannot says why', async () => {
  const run = await runContainerJob({ ...job, imageIds: ['gone'] });
  expect(run).toMatchObject({ ended: 'failed', made: 0 });
  expect(run.fault).toMatch(/Error/);
});
