import { expect, it } from 'vitest';
import { parseComposeEvent, serviceAtFault } from './compose-events.ts';

it('names the service of a container whose status changes', () => {
  const line = '{"id":"Container tw-microservices-auth-1","status":"Healthy"}';
  expect(parseComposeEvent(line, 'tw')).toEqual({
    kind: 'container',
    service: 'microservices-auth',
    status: 'Healthy',
  });
});

it('reads the status from `text`, as newer versions of compose call it', () => {
  const line = '{"id":"Container tw-deploy-1","text":"Exited"}';
  expect(parseComposeEvent(line, 'tw')).toMatchObject({ service: 'deploy', status: 'Exited' });
});

it('ignores lines that are not about a container of the project', () => {
  for (const line of [
    '{"id":"Network tw_functions","status":"Created"}',
    '{"id":"Container other-auth-1","status":"Healthy"}',
    '{"id":"Container tw-auth-1"}',
    '',
  ]) {
    expect(parseComposeEvent(line, 'tw')).toBeUndefined();
  }
});

it('reads errors as JSON and as plain text', () => {
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
])('finds the service that %j is about', (message, service) => {
  expect(serviceAtFault(message, 'tw')).toBe(service);
});
