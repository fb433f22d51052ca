import { type FigureIndex, whatOf } from '../figure-index.ts';
import type { Criterion } from './criterion.ts';
import { largest } from './extreme.ts';
import { say } from './sentence.ts';
import { inWords } from './traffic-words.ts';

const billed = [1e3, 1e5, 1e6, 1e7, 1e9];

/** The dearest line of each bill, by its name as the cost model calls it. */
function dearestLine(index: FigureIndex, requests: number) {
  const match = new RegExp(`^line/${requests}/`);
  return index.targets.flatMap(({ name }) => {
    const line = largest('cost', match)(index, name);
    return line ? [{ target: name, line, called: line.title.split(', at ')[0] ?? '' }] : [];
  });
}

export const money: Criterion = {
  title: 'Cost',
  measures: () =>
    billed.map((requests) => ({
      subject: `The bill of a month with ${inWords(requests)} requests`,
      lead: 'is lowest on',
      part: 'cost',
      better: 'lower',
      what: `month/${requests}`,
    })),
  changes: (index) => [
    ...index.targets.flatMap(({ name }) =>
      index
        .ofPart('cost')
        .filter((figure) => figure.target === name && whatOf(figure).startsWith('break-even/'))
        .map((figure) => {
          const other = { target: whatOf(figure).slice('break-even/'.length) };
          return say`Traffic: the bills of ${{ target: name }} and ${other} meet at ${{ figure }}.`;
        }),
    ),
    ...dearestLine(index, 1e6).map(
      ({ target, line, called }) =>
        say`Prices: with ${inWords(1e6)} requests the dearest line of ${{ target }} is ${{ name: called }} (${{ figure: line }}).`,
    ),
  ],
};

export const runTime: Criterion = {
  title: 'Run time',
  measures: () => [
    {
      subject: 'Browsing, warm, at the median',
      lead: 'is quickest on',
      part: 'latency',
      better: 'lower',
      what: 'browse/warm/p50',
    },
    {
      subject: 'Placing an order, warm, at the median',
      lead: 'is quickest on',
      part: 'latency',
      better: 'lower',
      what: 'place-order/warm/p50',
    },
    {
      subject: 'An order until it is confirmed, warm, at the median',
      lead: 'is quickest on',
      part: 'latency',
      better: 'lower',
      what: 'order-confirmed/warm/p50',
    },
    {
      subject: 'The slowest twentieth of warm orders placed',
      lead: 'begins lowest on',
      part: 'latency',
      better: 'lower',
      what: 'place-order/warm/p95',
    },
    {
      subject: 'The first request after idle, at the median',
      lead: 'is answered soonest by',
      part: 'bursts',
      better: 'lower',
      what: 'cold-first-request/p50',
    },
  ],
  changes: (index) => [
    ...index
      .ofPart('bursts')
      .filter((figure) => /^shortens\/[^/]+\/ratio$/.test(whatOf(figure)))
      .map((figure) => {
        const lever = { name: (whatOf(figure).split('/')[1] ?? '').replaceAll('-', ' ') };
        return say`With “${lever}” a cold start takes ${{ figure }} as long${figure.target ? [' on ', { target: figure.target }] : []}.`;
      }),
    ...noise(index),
  ],
};

function noise(index: FigureIndex) {
  const figure = index.find('latency', 'all', 'noise/p50');
  if (!figure) return [];
  return [
    say`A machine of its own: a plain server that does nothing took ${{ figure }} at the median beside these, which is in every latency here.`,
  ];
}
