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
  asks: 'Do all targets behave the same? One conformance suite tests each of them through its base URL.',
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
  asks: 'How long does a customer wait at each step? Requests are sent at a fixed rate, whether or not earlier ones have been answered (open loop), so queueing time counts.',
  groups: [
    { title: 'Warm', match: /\/warm\// },
    { title: 'Cold', match: /\/cold\// },
    { title: 'Rate and noise control', match: /^(rate|noise)/ },
    { title: 'INIT by function', match: /^init-ms\//, detail: true },
  ],
  charts: (index) => [
    ...intervals(index, 'latency', 'Warm: p50 with interval, p95, p99', steps('warm')),
    ...intervals(index, 'latency', 'Cold: p50 with interval, p95, p99', steps('cold')),
    ...drawn(index, 'latency'),
  ],
};

export const bursts: PartLayout = {
  id: 'bursts',
  title: 'Cold start and burst',
  asks: 'How slow is the first request after idle, how are bursts handled, and what shortens a cold start?',
  groups: [
    { title: 'First request after idle', match: /^(cold-first-request|init)/ },
    { title: 'One to fifty concurrent requests', match: /^burst-50/ },
    { title: 'Spike', match: /^spike/ },
    { title: 'Ramp', match: /^ramp/ },
    { title: 'What shortens a cold start', match: /^shortens/ },
  ],
  charts: (index) => [
    ...intervals(index, 'bursts', 'Latency under sudden load: p50 with interval, p95, p99', {
      'First request after idle': quantiles('cold-first-request'),
      'One to fifty concurrent requests': quantiles('burst-50'),
      Spike: quantiles('spike'),
      Ramp: quantiles('ramp'),
    }),
    ...bars(index, 'bursts', 'Share of requests that hit a cold start', {
      'burst-50/cold-share': 'One to fifty concurrent requests',
      'spike/cold-share': 'Spike',
      'ramp/cold-share': 'Ramp',
    }),
    ...everyInterval(
      index,
      'bursts',
      'Ways to shorten a cold start, on and off',
      /^shortens\/.*\/(on|off)$/,
    ),
    ...drawn(index, 'bursts'),
  ],
};

export const idle: PartLayout = {
  id: 'idle',
  title: 'Idle',
  asks: 'What runs without traffic, and what scales to zero?',
  groups: [{ title: 'Without traffic', match: /^(processes|memory|cpu|web-cpu|to-zero)$/ }],
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
  asks: 'How much CPU time and how many platform operations does a customer journey take?',
  groups: [
    {
      title: 'Per journey',
      match: /^(cpu-per-journey|requests-per-journey|bytes-out-per-journey)$/,
    },
    { title: 'Operations per journey', match: /^operations\/journey\// },
    { title: 'CPU by step', match: /^cpu\// },
    { title: 'Operations by step', match: /^operations\//, detail: true },
    {
      title: 'Functions: duration and invocations',
      match: /^(function-ms|invocations)\//,
      detail: true,
    },
    { title: 'Web Functions: requests, CPU and memory', match: /^web-/, detail: true },
  ],
  charts: (index) => [
    ...bars(index, 'work', 'Per journey', {
      'cpu-per-journey': 'CPU time',
      'operations/journey/dynamodb-read': 'DynamoDB reads',
      'operations/journey/dynamodb-write': 'DynamoDB writes',
      'operations/journey/sqs': 'Queue operations',
      'operations/journey/events': 'Events',
      'operations/journey/invocations': 'Function invocations',
    }),
    ...everyInterval(index, 'work', 'CPU by step', /^cpu\//),
    ...drawn(index, 'work'),
  ],
};
