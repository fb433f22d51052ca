import { bars, contenders, drawn, everyInterval } from '../charts/compose.ts';
import type { PartLayout } from './layout.ts';

export const cost: PartLayout = {
  id: 'cost',
  title: 'Cost',
  asks: 'What does a month cost in total, from a thousand to a billion requests, and at what traffic does the cheapest target change?',
  groups: [
    { title: 'Monthly bill', match: /^month\// },
    { title: 'Break-even', match: /^break-even\// },
    { title: 'Break-even rates of Web Functions', match: /^rate\// },
    { title: 'Line items', match: /^line\//, detail: true },
    { title: 'Web Functions: use, and everything else', match: /^(use|rest)\//, detail: true },
  ],
  charts: (index) => drawn(index, 'cost'),
};

export const complexity: PartLayout = {
  id: 'complexity',
  title: 'Complexity',
  asks: 'How much is there to understand, wire and operate?',
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
  asks: 'When a component is killed or slowed down, what still answers, how long does recovery take, and are orders lost?',
  groups: [
    { title: 'What still answers', match: /\/answering$/ },
    { title: 'Recovery', match: /\/recovery$/ },
    { title: 'Lost orders', match: /\/lost$/ },
  ],
  charts: (index) => [
    ...everyInterval(index, 'faults', 'Recovery time', /\/recovery$/),
    ...drawn(index, 'faults'),
  ],
};

export const limits: PartLayout = {
  id: 'limits',
  title: 'Limits',
  asks: 'How large can a request be, how long can it take, and how many can run at once? How long does it take to make every rendition of every picture?',
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
  asks: 'How long does it take to start everything, to change one service and to tear everything down, and what is left behind?',
  groups: [
    { title: 'Start', match: /^start\// },
    { title: 'Change one service', match: /^change-one-service\// },
    { title: 'Tear down', match: /^(tear-down|left)$/ },
  ],
  charts: (index) => [
    ...bars(index, 'deployment', 'Time and scope', {
      'start/all': 'Start everything',
      'change-one-service/seconds': 'Change one service',
      'change-one-service/rebuilt': 'Artifacts rebuilt',
      'change-one-service/restarted': 'Stacks restarted',
      'tear-down': 'Tear down',
      left: 'Left behind',
    }),
    ...drawn(index, 'deployment'),
  ],
};

export const shootOuts: PartLayout = {
  id: 'shoot-outs',
  title: 'Shoot-outs',
  asks: 'Which adapter between Lambda and a web framework, and which AWS client, adds the least overhead?',
  groups: [
    { title: 'Adapters', match: /^adapters?\// },
    { title: 'AWS clients', match: /^(sdk|clients?)\// },
  ],
  charts: (index) => [
    ...contenders(index, 'shoot-outs', 'Adapters, relative to the baseline', /^adapters?\//),
    ...contenders(
      index,
      'shoot-outs',
      'AWS clients, relative to the baseline',
      /^(sdk|clients?)\//,
    ),
    ...drawn(index, 'shoot-outs'),
  ],
};
