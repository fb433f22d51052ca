import { expect, it } from 'vitest';
import { createKernel } from './create-kernel.ts';

it('has no endpoint URL until the endpoint listens', () => {
  const { kernel, listening } = createKernel({ root: '/' });
  expect(() => kernel.endpointUrl).toThrow('is not listening yet');
  listening(4566);
  expect(kernel.awsEnvironment()).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_REGION: kernel.region,
  });
});

it('provides services to parts created earlier, and names a missing service', () => {
  const { kernel, provide } = createKernel({ root: '/' });
  const { services } = kernel;
  const events = { put: () => {}, fireSchedules: () => ({ fired: 0, failures: [] }) };
  provide({ events });
  expect(services.events).toBe(events);
  expect(() => services.lambda).toThrow('does not run the service lambda');
});

it('writes ARNs like AWS: global services have no region, and buckets have no account either', () => {
  const { kernel } = createKernel({ root: '/' });
  expect(kernel.arn('sqs', 'orders')).toBe('arn:aws:sqs:us-east-1:000000000000:orders');
  expect(kernel.arn('iam', 'role/a')).toBe('arn:aws:iam::000000000000:role/a');
  expect(kernel.arn('s3', 'originals')).toBe('arn:aws:s3:::originals');
});
