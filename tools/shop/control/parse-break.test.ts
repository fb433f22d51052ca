import { expect, test } from 'vitest';
import { parseBreak } from './parse-break.ts';

test.each([
  ['list', 'GET', '/control/status', {}],
  ['heal', 'POST', '/control/heal', {}],
  ['kill hybrid catalog', 'POST', '/control/kill', { variant: 'hybrid', service: 'catalog' }],
  ['slow 200', 'POST', '/control/misbehave', { addLatencyMs: 200 }],
  ['slow 0', 'POST', '/control/misbehave', { addLatencyMs: 0 }],
  ['cut-off events,sqs', 'POST', '/control/misbehave', { away: ['events', 'sqs'] }],
  ['drop-answers 0.1', 'POST', '/control/misbehave', { dropAnswers: 0.1 }],
  ['throttle 1', 'POST', '/control/misbehave', { throttleDynamo: 1 }],
  ['duplicate 0.5', 'POST', '/control/misbehave', { duplicateDeliveries: 0.5 }],
  ['reorder', 'POST', '/control/misbehave', { reorderDeliveries: true }],
])('%s calls %s %s', (words, method, path, body) => {
  expect(parseBreak(words.split(' '))).toMatchObject({ method, path, body });
});

test.each([
  ['', /^Say what to break: list, kill, slow, .*heal \(got ""\)\.$/],
  ['smash', /list, kill, slow, cut-off, drop-answers, .*\(got "smash"\)/],
  ['kill monolith auth', /microservices, serverless, hybrid \(got "monolith"\)/],
  ['kill hybrid auth now', /^kill does not take "now"\.$/],
  ['slow', /^slow takes milliseconds: slow 200 \(got ""\)\.$/],
  ['slow fast', /got "fast"/],
  ['slow -1', /got "-1"/],
  ['drop-answers 10', /^drop-answers takes a probability from 0 to 1/],
  ['cut-off', /^cut-off takes AWS services/],
  ['cut-off events,', /^cut-off takes AWS services/],
  ['heal all', /^heal does not take "all"\.$/],
])('"%s" is rejected with what to say', (words, message) => {
  expect(() => parseBreak(words === '' ? [] : words.split(' '))).toThrow(message);
});
