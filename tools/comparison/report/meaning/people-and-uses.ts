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
      'How work is cut: a change to one service restarts',
      'deployment',
      'change-one-service/restarted',
    ),
    quoted(
      index,
      'What a team already runs: things to operate are',
      'complexity',
      'things-to-operate',
    ),
  ],
};

export const uses: Criterion = {
  title: 'Use cases',
  measures: () => [
    {
      subject: 'For a shop that is seldom visited, the bill',
      lead: 'is lowest on',
      part: 'cost',
      better: 'lower',
      what: `month/${1e3}`,
    },
    {
      subject: `For a busy shop with ${inWords(1e9)} requests a month, the bill`,
      lead: 'is lowest on',
      part: 'cost',
      better: 'lower',
      what: `month/${1e9}`,
    },
    {
      subject: 'For traffic in spikes, the tail',
      lead: 'is lowest on',
      part: 'bursts',
      better: 'lower',
      what: 'spike/p95',
    },
    {
      subject: 'For pages full of pictures, a warm picture at the median',
      lead: 'comes soonest from',
      part: 'latency',
      better: 'lower',
      what: 'picture/warm/p50',
    },
    {
      subject: 'For long work in one piece, the longest request',
      lead: 'may last longest on',
      part: 'limits',
      better: 'higher',
      what: 'longest-request',
    },
    {
      subject: 'For a batch over every picture, the time',
      lead: 'is shortest on',
      part: 'limits',
      better: 'lower',
      what: 'long-job/seconds',
    },
  ],
  changes: (index) => [
    quoted(
      index,
      'Cutting the batch otherwise: the pieces it was done in are',
      'limits',
      'long-job/pieces',
    ),
    quoted(index, 'Larger bodies: the largest that is taken is', 'limits', 'largest-body'),
  ],
};
