import { bars, contenders, drawn, everyInterval } from '../charts/compose.ts';
import type { PartLayout } from './layout.ts';

export const cost: PartLayout = {
  id: 'cost',
  title: 'Cost',
  asks: 'What is the whole bill of a month, from a thousand requests to a billion, and where does the cheaper one change?',
  groups: [
    { title: 'The bill of a month', match: /^month\// },
    { title: 'Break-even', match: /^break-even\// },
    { title: 'Lines of the bill', match: /^line\//, detail: true },
  ],
  charts: (index) => drawn(index, 'cost'),
};

export const complexity: PartLayout = {
  id: 'complexity',
  title: 'Complexity',
  asks: 'How much is there to understand, to wire and to operate?',
  groups: [
    {
      title: 'Counted',
      match:
        /^(resources|iam-statements|deployables|artifact-bytes|wiring-lines|settings|things-to-operate)$/,
    },
    { title: 'Resources by type', match: /^resources\//, detail: true },
  ],
  charts: (index) => [
    ...bars(index, 'complexity', 'Counted from the templates and the code', {
      resources: 'Resources',
      'iam-statements': 'IAM statements',
      deployables: 'Deployables',
      'artifact-bytes': 'Artifacts',
      'wiring-lines': 'Lines of wiring',
      settings: 'Settings',
      'things-to-operate': 'Things to operate',
    }),
    ...drawn(index, 'complexity'),
  ],
};

export const faults: PartLayout = {
  id: 'faults',
  title: 'Faults',
  asks: 'When a part is killed or slowed, what still answers, how soon is all well again, and what was lost?',
  groups: [
    { title: 'What still answers', match: /\/answering$/ },
    { title: 'Recovery', match: /\/recovery$/ },
    { title: 'Lost orders', match: /\/lost$/ },
  ],
  charts: (index) => [
    ...everyInterval(index, 'faults', 'Time to recovery', /\/recovery$/),
    ...drawn(index, 'faults'),
  ],
};

export const limits: PartLayout = {
  id: 'limits',
  title: 'Limits',
  asks: 'How large, how long and how many at once? And how does each make every rendition of every picture?',
  groups: [
    { title: 'Found by probing', match: /^(largest|longest|most)/ },
    { title: 'A long job', match: /^long-job\// },
  ],
  charts: (index) => [
    ...bars(index, 'limits', 'A long job: every rendition of every picture', {
      'long-job/seconds': 'Time',
      'long-job/pictures-per-s': 'Pictures per second',
      'long-job/pieces': 'Pieces',
      'long-job/code-lines': 'Lines of code',
      'long-job/usd': 'Cost',
    }),
    ...drawn(index, 'limits'),
  ],
};

export const deployment: PartLayout = {
  id: 'deployment',
  title: 'Deploy and tear down',
  asks: 'How long does it take to put up, to change one service, and to take down, and what is left?',
  groups: [
    { title: 'Start', match: /^start\// },
    { title: 'Changing one service', match: /^change-one-service\// },
    { title: 'Tear down', match: /^(tear-down|left)$/ },
  ],
  charts: (index) => [
    ...bars(index, 'deployment', 'Time and reach', {
      'start/all': 'Start of all',
      'change-one-service/seconds': 'Changing one service',
      'change-one-service/rebuilt': 'Rebuilt by it',
      'change-one-service/restarted': 'Restarted by it',
      'tear-down': 'Tear down',
      left: 'Left behind',
    }),
    ...drawn(index, 'deployment'),
  ],
};

export const shootOuts: PartLayout = {
  id: 'shoot-outs',
  title: 'Shoot-outs',
  asks: 'Which way of putting a web framework behind a function, and which client of AWS, costs the least?',
  groups: [
    { title: 'Adapters', match: /^adapters?\// },
    { title: 'Clients of AWS', match: /^(sdk|clients?)\// },
  ],
  charts: (index) => [
    ...contenders(index, 'shoot-outs', 'Adapters, over the plainest one', /^adapters?\//),
    ...contenders(
      index,
      'shoot-outs',
      'Clients of AWS, over the plainest one',
      /^(sdk|clients?)\//,
    ),
    ...drawn(index, 'shoot-outs'),
  ],
};
