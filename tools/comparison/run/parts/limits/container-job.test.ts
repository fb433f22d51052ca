import { PATIENT_MS } from '@triptych/platform/testing/patience';
import { expect, test } from 'vitest';
import { runContainerJob } from './container-job.ts';

const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  // Nothing listens on this port.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};
const job = { bucket: 'originals', environment, timeoutMs: PATIENT_MS };

test('a job without pictures succeeds', async () => {
  const run = await runContainerJob({ ...job, imageIds: [] });
  expect(run).toMatchObject({ ended: 'succeeded', made: 0 });
});

test('a failed job reports the error', async () => {
  const run = await runContainerJob({ ...job, imageIds: ['gone'] });
  expect(run).toMatchObject({ ended: 'failed', made: 0 });
  expect(run.error).toMatch(/Error/);
});
