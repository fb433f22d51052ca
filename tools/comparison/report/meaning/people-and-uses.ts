import type { Criterion } from './criterion.ts';
import { quoted } from './over-targets.ts';
import { inWords } from './traffic-words.ts';

export const team: Criterion = {
  title: 'Team',
  measures: () => [
    {
      subject: 'The number of things to operate and to know',
      lead: 'is smallest on',
      part: 'complexity',
      better: 'lower',
      what: 'things-to-operate',
    },
    {
      subject: 'The number of settings',
      lead: 'is smallest on',
      part: 'complexity',
      better: 'lower',
      what: 'settings',
    },
    {
      subject: 'The time until a change to one service is live',
      lead: 'is shortest on',
      part: 'deployment',
      better: 'lower',
      what: 'change-one-service/seconds',
    },
    {
      subject: 'The time to start everything',
      lead: 'is shortest on',
      part: 'deployment',
      better: 'lower',
      what: 'start/all',
    },
  ],
  changes: (index) => [
    quoted(
      index,
      'Service boundaries: the number of stacks that a change to one service restarts is',
      'deployment',
      'change-one-service/restarted',
    ),
    quoted(
      index,
      'What the team already knows how to run: the number of things to operate is',
      'complexity',
      'things-to-operate',
    ),
  ],
};

export const uses: Criterion = {
  title: 'Use cases',
  measures: () => [
    {
      subject: 'For a shop with little traffic, the monthly bill',
      lead: 'is lowest on',
      part: 'cost',
      better: 'lower',
      what: `month/${1e3}`,
    },
    {
      subject: `For a busy shop with ${inWords(1e9)} requests a month, the monthly bill`,
      lead: 'is lowest on',
      part: 'cost',
      better: 'lower',
      what: `month/${1e9}`,
    },
    {
      subject: 'For traffic with spikes, tail latency (ninety-fifth percentile)',
      lead: 'is lowest on',
      part: 'bursts',
      better: 'lower',
      what: 'spike/p95',
    },
    {
      subject: 'For pages full of pictures, median latency of a picture (warm)',
      lead: 'is lowest on',
      part: 'latency',
      better: 'lower',
      what: 'picture/warm/p50',
    },
    {
      subject: 'For long work in one request, the longest duration that still succeeds',
      lead: 'is highest on',
      part: 'limits',
      better: 'higher',
      what: 'longest-request',
    },
    {
      subject: 'For a batch job over every picture, run time',
      lead: 'is shortest on',
      part: 'limits',
      better: 'lower',
      what: 'long-job/seconds',
    },
  ],
  changes: (index) => [
    quoted(
      index,
      'Splitting the batch job differently: the number of pieces was',
      'limits',
      'long-job/pieces',
    ),
    quoted(index, 'Larger request bodies: the largest accepted body is', 'limits', 'largest-body'),
  ],
};
