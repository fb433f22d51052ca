import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Figure, ReportData } from '../../data/index.ts';
import { FigureIndex } from '../figure-index.ts';
import { shownValue } from '../format-figure.ts';
import type { Sentence } from '../meaning/index.ts';
import { readReportData } from '../read-report-data.ts';
import { syntheticData } from '../testing/synthetic-data.ts';
import { verdictOf } from './index.ts';

let sample: ReportData;
beforeAll(async () => {
  sample = await readReportData(join(repositoryRoot, 'docs/sample-report'));
});

const textOf = ({ words }: Sentence) =>
  words
    .map((word) => {
      if (typeof word === 'string') return word;
      if ('figure' in word) return `[${shownValue(word.figure)}]`;
      return 'name' in word ? word.name : word.target;
    })
    .join('')
    .replaceAll('\u00a0', ' ');
const verdict = (data: ReportData, from?: ReportData) => {
  const { sentences, sample: intro } = verdictOf(new FigureIndex(data, from));
  return { texts: sentences.map(textOf), intro: intro && textOf(intro) };
};
const bill = (target: string, requests: number, value: number): Figure => ({
  ...{ id: `cost/${target}/month/${requests}`, part: 'cost', target, title: 'Bill', value },
  ...{ unit: 'USD/month', n: 31, spread: { kind: 'ci95', low: value * 0.97, high: value * 1.03 } },
  ...{ origin: 'a test', at: '2026-01-01T00:00:00Z', indicative: false, better: 'lower' },
});
const breakEven = (a: string, b: string, value: number): Figure => {
  const { better: _, ...figure } = bill(a, 0, value);
  return { ...figure, id: `cost/${a}/break-even/${b}`, unit: 'requests/month' };
};
/** The synthetic run with other bills, as [target, bill for a million requests, bill for a billion]. */
const withBills = (...bills: readonly (readonly [string, number, number])[]): ReportData => {
  const data = syntheticData();
  const others = data.figures.filter(({ part }) => part !== 'cost');
  const made = bills.flatMap(([target, little, much]) => [
    bill(target, 1e6, little),
    bill(target, 1e9, much),
  ]);
  return { ...data, figures: [...others, ...made] };
};

describe('the sample report', () => {
  test('recommends the cheapest target up to the break-even, with the needs that speak against it', () => {
    const [first] = verdict(sample).texts;
    const least = Math.min(
      ...sample.figures
        .filter(({ id }) => /break-even/.test(id) && id.includes('serverless'))
        .map(({ value }) => value),
    );
    const until = shownValue({ value: least, unit: 'requests/month' }).replaceAll('\u00a0', ' ');
    expect(first).toContain(`Under about [${until}]: serverless, unless the first request after`);
    expect(first).toMatch(/\(\[\d+ ms\] against \[[\d.]+ ms\] on (microservices|hybrid)\)/);
  });

  test('every number in it is a figure of the data', () => {
    const ids = new Set(sample.figures.map(({ id }) => id));
    const { sentences } = verdictOf(new FigureIndex(sample));
    const words = sentences.flatMap((sentence) => sentence.words);
    const figures = words.flatMap((word) =>
      typeof word === 'object' && 'figure' in word ? [word.figure.id] : [],
    );
    expect(figures.length).toBeGreaterThan(10);
    for (const id of figures) expect(ids).toContain(id);
    for (const word of words) if (typeof word === 'string') expect(word).not.toMatch(/\d/);
  });
});

describe('the bills decide', () => {
  test('one target is cheapest below the break-even and another one above', () => {
    const data = withBills(['serverless', 17, 20_000], ['microservices', 182, 9_000]);
    data.figures.push(breakEven('microservices', 'serverless', 62.5e6));
    const [first, bills, above] = verdict(data).texts;
    expect(first).toContain('Under about [62.5 M requests a month]: serverless, unless ');
    expect(bills).toBe(
      'The bill for a million requests a month is lowest on serverless ([$17.00 a month]), followed by microservices ([$182 a month]).',
    );
    expect(above).toBe(
      'Above that: microservices. It is cheapest for a billion requests a month ([$9,000 a month]).',
    );
  });

  test('the earliest break-even is the limit', () => {
    const data = withBills(
      ['serverless', 17, 9e3],
      ['microservices', 182, 9e3],
      ['hybrid', 99, 9e3],
    );
    data.figures.push(
      breakEven('microservices', 'serverless', 62.5e6),
      breakEven('serverless', 'hybrid', 39.5e6),
      breakEven('microservices', 'hybrid', 5e6),
    );
    const [first, , above] = verdict(data).texts;
    expect(first).toContain('Under about [39.5 M requests a month]: serverless');
    expect(above).toContain('Above that, the bill does not decide');
  });

  test('a target that is cheapest at all traffic has no limit', () => {
    const data = withBills(['microservices', 20, 9_000], ['serverless', 40, 20_000]);
    expect(verdict(data).texts[0]).toBe('At any traffic: microservices.');
  });

  test('bills that do not clearly differ give no verdict', () => {
    const data = withBills(['microservices', 20, 9_000], ['serverless', 20.1, 9_000]);
    expect(verdict(data).texts).toEqual([expect.stringContaining('so there is no verdict')]);
  });
});

describe('the needs that speak against the cheapest target', () => {
  const cheap = () => withBills(['serverless', 17, 20_000], ['microservices', 182, 30_000]);

  test('come from reliable figures only', () => {
    const data = cheap();
    const noisy = data.figures.map((figure) =>
      figure.id === 'latency/all/noise/p50' ? { ...figure, value: 83 } : figure,
    );
    expect(verdict(data).texts[0]).toContain('unless');
    expect(verdict({ ...data, figures: noisy }).texts[0]).toBe('At any traffic: serverless.');
  });

  test('come from the sample, and say so, if this run has no reliable figures', () => {
    const data = cheap();
    const figures = data.figures.filter(({ part }) => part === 'cost');
    expect(verdict({ ...data, figures }, sample).texts[0]).toMatch(
      /^At any traffic: serverless, unless .* on microservices in the sample report\)/,
    );
  });
});

describe('behaviour', () => {
  test('is the same if no check fails', () => {
    expect(verdict(syntheticData()).texts.at(-1)).toBe(
      'They behave the same: all [214] checks pass on every target.',
    );
  });

  test('is not the same if a check fails, and the targets are named', () => {
    const data = syntheticData();
    const figures = data.figures.map((figure) =>
      figure.id === 'behaviour/hybrid/failed' ? { ...figure, value: 2 } : figure,
    );
    expect(verdict({ ...data, figures }).texts.at(-1)).toBe(
      'They do not behave the same: checks failed on hybrid ([2]).',
    );
  });
});

describe('without comparable bills', () => {
  const bare = () => ({
    ...syntheticData(),
    figures: syntheticData().figures.filter(({ part }) => part !== 'cost'),
  });

  test('the verdict of the sample is shown, with its date and machine', () => {
    const { texts, intro } = verdict(bare(), sample);
    expect(texts).toEqual(verdict(sample).texts);
    expect(intro).toContain(`measured on ${sample.run.startedAt.slice(0, 10)}`);
    expect(intro).toContain(sample.machine.cpu);
  });

  test('and without a sample, the report says that there is no verdict', () => {
    expect(verdict(bare()).texts).toEqual([expect.stringContaining('there is no verdict')]);
  });
});
