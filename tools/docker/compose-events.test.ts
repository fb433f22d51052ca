import { expect, it } from 'vitest';
import { parseComposeEvent, serviceAtFault } from './compose-events.ts';

it('a container that changes is named by its service', () => {
  const line = '{"id":"Container tw-microservices-auth-1","status":"Healthy"}';
  expect(parseComposeEvent(line, 'tw')).toEqual({
    kind: 'container',
    service: 'microservices-auth',
    status: 'Healthy',
  });
});

it('newer ones call the status text', () => {
  const line = '{"id":"Container tw-deploy-1","text":"Exited"}';
  expect(parseComposeEvent(line, 'tw')).toMatchObject({ service: 'deploy', status: 'Exited' });
});

it('what tells nothing about our containers is left out', () => {
  for (const line of [
    '{"id":"Network tw_functions","status":"Created"}',
    '{"id":"Container other-auth-1","status":"Healthy"}',
    '{"id":"Container tw-auth-1"}',
    '',
  ]) {
    expect(parseComposeEvent(line, 'tw')).toBeUndefined();
  }
});

it('errors are told, in either form', () => {
  const message = 'dependency failed to start: container tw-localstack-1 is unhealthy';
  const line = JSON.stringify({ error: true, message });
  expect(parseComposeEvent(line, 'tw')).toEqual({ kind: 'error', message });
  expect(parseComposeEvent(message, 'tw')).toEqual({ kind: 'error', message });
});

it.each([
  ['dependency failed to start: container tw-localstack-1 is unhealthy', 'localstack'],
  ['container tw-hybrid-auth-1 exited (1)', 'hybrid-auth'],
  ['service "deploy" didn\'t complete successfully: exit 1', 'deploy'],
  ['Bind for 127.0.0.1:4001 failed: port is already allocated', undefined],
])('of %j the service is found', (complaint, service) => {
  expect(serviceAtFault(complaint, 'tw')).toBe(service);
});
