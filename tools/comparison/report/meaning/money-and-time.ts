import { type FigureIndex, figureKey } from '../figure-index.ts';
import type { Criterion } from './criterion.ts';
import { largest } from './extreme.ts';
import { say } from './sentence.ts';
import { inWords } from './traffic-words.ts';

const BILLED_REQUESTS = [1e3, 1e5, 1e6, 1e7, 1e9];

/** The most expensive line item of each bill, with its name in the cost model. */
function mostExpensiveLine(index: FigureIndex, requests: number) {
  const match = new RegExp(`^line/${requests}/`);
  return index.targets.flatMap(({ name }) => {
    const line = largest('cost', match)(index, name);
    return line ? [{ target: name, line, called: line.title.split(', at ')[0] ?? '' }] : [];
  });
}

export const money: Criterion = {
  title: 'Cost',
  measures: () =>
    BILLED_REQUESTS.map((requests) => ({
      subject: `The monthly bill for ${inWords(requests)} requests`,
      lead: 'is lowest on',
      part: 'cost',
      better: 'lower',
      what: `month/${requests}`,
    })),
  changes: (index) => [
    ...index.targets.flatMap(({ name }) =>
      index
        .ofPart('cost')
        .filter((figure) => figure.target === name && figureKey(figure).startsWith('break-even/'))
        .map((figure) => {
          const other = { target: figureKey(figure).slice('break-even/'.length) };
          return say`Traffic: ${{ target: name }} and ${other} break even at ${{ figure }}.`;
        }),
    ),
    ...mostExpensiveLine(index, 1e6).map(
      ({ target, line, called }) =>
        say`Prices: at ${inWords(1e6)} requests the most expensive line item of ${{ target }} is ${{ name: called }} (${{ figure: line }}).`,
    ),
  ],
};

export const runTime: Criterion = {
  title: 'Run time',
  measures: () => [
    {
      subject: 'Median latency of browsing (warm)',
      lead: 'is lowest on',
      part: 'latency',
      better: 'lower',
      what: 'browse/warm/p50',
    },
    {
      subject: 'Median latency of placing an order (warm)',
      lead: 'is lowest on',
      part: 'latency',
      better: 'lower',
      what: 'place-order/warm/p50',
    },
    {
      subject: 'Median time from placing an order to its confirmation (warm)',
      lead: 'is lowest on',
      part: 'latency',
      better: 'lower',
      what: 'order-confirmed/warm/p50',
    },
    {
      subject: 'Tail latency of placing an order (warm, ninety-fifth percentile)',
      lead: 'is lowest on',
      part: 'latency',
      better: 'lower',
      what: 'place-order/warm/p95',
    },
    {
      subject: 'Median latency of the first request after idle',
      lead: 'is lowest on',
      part: 'bursts',
      better: 'lower',
      what: 'cold-first-request/p50',
    },
  ],
  changes: (index) => [
    ...index
      .ofPart('bursts')
      .filter((figure) => /^shortens\/[^/]+\/ratio$/.test(figureKey(figure)))
      .map((figure) => {
        const [means = ''] = figure.title.split(':');
        const name = means.startsWith('Node’s')
          ? means
          : means.charAt(0).toLowerCase() + means.slice(1);
        return say`Faster cold starts: with ${{ name }}, a start takes ${{ figure }} as long.`;
      }),
    ...noise(index),
  ],
};

function noise(index: FigureIndex) {
  const figure = index.find('latency', 'all', 'noise/p50');
  if (!figure) return [];
  return [
    say`A quieter machine: a plain server took ${{ figure }} (median) under the same load, and every latency here includes about that much.`,
  ];
}
