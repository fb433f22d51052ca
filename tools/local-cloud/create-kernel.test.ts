import { expect, it } from 'vitest';
import { createKernel } from './create-kernel.ts';

it('has no address until the endpoint listens', () => {
  const { kernel, listening } = createKernel({ root: '/' });
  expect(() => kernel.endpointUrl).toThrow('does not listen yet');
  listening(4566);
  expect(kernel.awsEnvironment()).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_REGION: kernel.region,
  });
});

it('gives services to those that were created before them, and names one that is not there', () => {
  const { kernel, provide } = createKernel({ root: '/' });
  const { services } = kernel;
  const events = { put: () => {} };
  provide({ events });
  expect(services.events).toBe(events);
  expect(() => services.lambda).toThrow('without lambda');
});

it('writes ARNs as AWS does: global services have no region, buckets not even an account', () => {
  const { kernel } = createKernel({ root: '/' });
  expect(kernel.arn('sqs', 'orders')).toBe('arn:aws:sqs:us-east-1:000000000000:orders');
  expect(kernel.arn('iam', 'role/a')).toBe('arn:aws:iam::000000000000:role/a');
  expect(kernel.arn('s3', 'originals')).toBe('arn:aws:s3:::originals');
});
