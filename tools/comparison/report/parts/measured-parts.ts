import { bars, drawn, everyInterval, intervals } from '../charts/compose.ts';
import type { PartLayout } from './layout.ts';

const quantiles = (what: string) => [`${what}/p50`, `${what}/p95`, `${what}/p99`];
const steps = (state: 'cold' | 'warm') => ({
  Browse: quantiles(`browse/${state}`),
  'Fetch a picture': quantiles(`picture/${state}`),
  'Log in': quantiles(`log-in/${state}`),
  'Place an order': quantiles(`place-order/${state}`),
  'Order confirmed': quantiles(`order-confirmed/${state}`),
});

export const behaviour: PartLayout = {
  id: 'behaviour',
  title: 'Behaviour',
  asks: 'Do all targets do the same? One conformance suite judges each by its base URL alone.',
  groups: [{ title: 'Conformance', match: /^(passed|failed|not-run)$/ }],
  charts: (index) =>
    bars(index, 'behaviour', 'Checks of the conformance suite', {
      passed: 'Passed',
      failed: 'Failed',
      'not-run': 'Not run',
    }),
};

export const latency: PartLayout = {
  id: 'latency',
  title: 'Latency',
  asks: 'How long does a customer wait at each step? Requests leave at a stated rate whether or not earlier ones were answered, so waiting counts.',
  groups: [
    { title: 'Warm', match: /\/warm\// },
    { title: 'Cold', match: /\/cold\// },
    { title: 'Rate and noise control', match: /^(rate|noise)/ },
    { title: 'INIT, function by function', match: /^init-ms\//, detail: true },
  ],
  charts: (index) => [
    ...intervals(index, 'latency', 'Warm: p50 with its interval, p95, p99', steps('warm')),
    ...intervals(index, 'latency', 'Cold: p50 with its interval, p95, p99', steps('cold')),
    ...drawn(index, 'latency'),
  ],
};

export const bursts: PartLayout = {
  id: 'bursts',
  title: 'Cold start and burst',
  asks: 'What does the first request after idle cost, what does a sudden crowd, and what shortens it?',
  groups: [
    { title: 'First request after idle', match: /^(cold-first-request|init)/ },
    { title: 'One to fifty at once', match: /^burst-50/ },
    { title: 'Spike', match: /^spike/ },
    { title: 'Ramp', match: /^ramp/ },
    { title: 'What shortens a cold start', match: /^shortens/ },
  ],
  charts: (index) => [
    ...intervals(index, 'bursts', 'Tail under sudden load: p50 with its interval, p95, p99', {
      'First request after idle': quantiles('cold-first-request'),
      'One to fifty at once': quantiles('burst-50'),
      Spike: quantiles('spike'),
      Ramp: quantiles('ramp'),
    }),
    ...bars(index, 'bursts', 'Share of requests that met a cold start', {
      'burst-50/cold-share': 'One to fifty at once',
      'spike/cold-share': 'Spike',
      'ramp/cold-share': 'Ramp',
    }),
    ...everyInterval(
      index,
      'bursts',
      'What shortens a cold start, on and off',
      /^shortens\/.*\/(on|off)$/,
    ),
    ...drawn(index, 'bursts'),
  ],
};

export const idle: PartLayout = {
  id: 'idle',
  title: 'Idle',
  asks: 'What runs while nobody shops, and what goes to zero?',
  groups: [{ title: 'Without traffic', match: /^(processes|memory|cpu|to-zero)$/ }],
  charts: (index) => [
    ...bars(index, 'idle', 'Without traffic', {
      processes: 'Processes',
      memory: 'Memory',
      cpu: 'CPU time',
    }),
    ...drawn(index, 'idle'),
  ],
};

export const work: PartLayout = {
  id: 'work',
  title: 'Work per request',
  asks: 'How much computing and how many operations of the platform does a journey take?',
  groups: [
    { title: 'A journey', match: /^(cpu-per-journey|requests-per-journey|bytes-out-per-journey)$/ },
    { title: 'Operations of a journey', match: /^operations\/journey\// },
    { title: 'CPU by step', match: /^cpu\// },
    { title: 'Operations by step', match: /^operations\//, detail: true },
    {
      title: 'Functions: duration and invocations',
      match: /^(function-ms|invocations)\//,
      detail: true,
    },
  ],
  charts: (index) => [
    ...bars(index, 'work', 'A journey', {
      'cpu-per-journey': 'CPU time',
      'operations/journey/dynamodb-read': 'DynamoDB reads',
      'operations/journey/dynamodb-write': 'DynamoDB writes',
      'operations/journey/sqs': 'Queue operations',
      'operations/journey/events': 'Events',
      'operations/journey/invocations': 'Invocations of functions',
    }),
    ...everyInterval(index, 'work', 'CPU by step', /^cpu\//),
    ...drawn(index, 'work'),
  ],
};
