import type { Criterion } from './criterion.ts';
import { largest } from './extreme.ts';
import type { Measure } from './measure.ts';
import { quoted } from './over-targets.ts';

const fewest = (subject: string, what: string): Measure => ({
  subject,
  lead: 'is smallest on',
  part: 'complexity',
  better: 'lower',
  what,
});
const lowestTail = (subject: string, what: string): Measure => ({
  subject: `${subject} (ninety-fifth percentile)`,
  lead: 'is lowest on',
  part: 'bursts',
  better: 'lower',
  what,
});

export const structure: Criterion = {
  title: 'Complexity',
  measures: () => [
    fewest('The number of resources in the templates', 'resources'),
    fewest('The number of IAM statements', 'iam-statements'),
    fewest('The number of deployables', 'deployables'),
    fewest('The amount of wiring code', 'wiring-lines'),
    fewest('The total size of the artifacts', 'artifact-bytes'),
  ],
  changes: (index) => [
    quoted(
      index,
      'Packaging several services in one artifact: the number of deployables is now',
      'complexity',
      'deployables',
    ),
  ],
};

export const scalability: Criterion = {
  title: 'Scalability',
  measures: () => [
    lowestTail('Tail latency of fifty concurrent requests', 'burst-50/p95'),
    lowestTail('Tail latency of a spike', 'spike/p95'),
    lowestTail('Tail latency of a ramp', 'ramp/p95'),
    {
      subject: 'The number of concurrent requests, within the range tried, that were all answered',
      lead: 'is highest on',
      part: 'limits',
      better: 'higher',
      what: 'most-concurrent',
    },
  ],
  changes: (index) => [
    quoted(
      index,
      'Fewer cold starts: the share of requests in the spike that hit a cold start was',
      'bursts',
      'spike/cold-share',
    ),
    quoted(index, 'A shorter INIT: its median is', 'bursts', 'init/p50'),
  ],
};

const lowestIdle = (subject: string, what: string): Measure => ({
  subject,
  lead: 'is lowest on',
  part: 'idle',
  better: 'lower',
  what,
});

export const resources: Criterion = {
  title: 'Resource management',
  measures: () => [
    lowestIdle('Memory used without traffic', 'memory'),
    lowestIdle('CPU time used without traffic', 'cpu'),
    lowestIdle('The number of processes without traffic', 'processes'),
    {
      subject: 'CPU time per journey',
      lead: 'is lowest on',
      part: 'work',
      better: 'lower',
      what: 'cpu-per-journey',
    },
    {
      subject: 'Worst-case recovery time after a fault',
      lead: 'is shortest on',
      part: 'faults',
      better: 'lower',
      what: largest('faults', /\/recovery$/),
    },
  ],
  changes: (index) => [
    quoted(
      index,
      'Longer quiet periods: with the sandbox idle timeout of this run, everything stopped after',
      'idle',
      'to-zero',
    ),
    quoted(
      index,
      'Fewer operations: the number of DynamoDB reads per journey is',
      'work',
      'operations/journey/dynamodb-read',
    ),
  ],
};
