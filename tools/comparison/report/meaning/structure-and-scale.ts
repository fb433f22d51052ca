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
const soonest = (subject: string, what: string): Measure => ({
  subject,
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
    fewest('The number of things that are deployed', 'deployables'),
    fewest('The code that only wires', 'wiring-lines'),
    fewest('The size of all artifacts', 'artifact-bytes'),
  ],
  changes: (index) => [
    quoted(
      index,
      'Putting several services into one artifact: things that are deployed are now',
      'complexity',
      'deployables',
    ),
  ],
};

export const scalability: Criterion = {
  title: 'Scalability',
  measures: () => [
    soonest('The tail when fifty come at once', 'burst-50/p95'),
    soonest('The tail of a spike', 'spike/p99'),
    soonest('The tail of a ramp', 'ramp/p95'),
    {
      subject: 'The number of requests at once, as far as it was tried, that were all answered',
      lead: 'is highest on',
      part: 'limits',
      better: 'higher',
      what: 'most-concurrent',
    },
  ],
  changes: (index) => [
    quoted(
      index,
      'Fewer cold starts: in the spike the share of requests that met one was',
      'bursts',
      'spike/cold-share',
    ),
    quoted(index, 'A shorter INIT: at the median it takes', 'bursts', 'init/p50'),
  ],
};

const leanest = (subject: string, what: string): Measure => ({
  subject,
  lead: 'is lowest on',
  part: 'idle',
  better: 'lower',
  what,
});

export const resources: Criterion = {
  title: 'Resource management',
  measures: () => [
    leanest('Memory held without traffic', 'memory'),
    leanest('CPU time spent without traffic', 'cpu'),
    leanest('The number of processes without traffic', 'processes'),
    {
      subject: 'CPU time of a whole journey',
      lead: 'is lowest on',
      part: 'work',
      better: 'lower',
      what: 'cpu-per-journey',
    },
    {
      subject: 'The slowest recovery from a fault',
      lead: 'is soonest over on',
      part: 'faults',
      better: 'lower',
      what: largest('faults', /\/recovery$/),
    },
  ],
  changes: (index) => [
    quoted(
      index,
      'Traffic that stops: with idle sandboxes kept as short as it was set here, nothing runs after',
      'idle',
      'to-zero',
    ),
    quoted(
      index,
      'Fewer operations: DynamoDB is read in a journey',
      'work',
      'operations/journey/dynamodb-read',
    ),
  ],
};
