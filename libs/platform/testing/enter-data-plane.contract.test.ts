import { expect, it } from 'vitest';
import { enterDataPlane } from './enter-data-plane.ts';

it('a data plane is the AWS of this process until it stops', async () => {
  const env: Record<string, string | undefined> = { AWS_REGION: 'eu-north-1', HOME: '/home' };
  const plane = await enterDataPlane(env);
  expect(env).toEqual({ HOME: '/home', ...plane.environment });
  expect(env.AWS_ENDPOINT_URL).toBe(plane.endpointUrl);
  await plane.stop();
  expect(env).toEqual({ AWS_REGION: 'eu-north-1', HOME: '/home' });
});
