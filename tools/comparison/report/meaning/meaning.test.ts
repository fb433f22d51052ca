import { describe, expect, test } from 'vitest';
import type { ReportData } from '../../data/index.ts';
import { FigureIndex } from '../figure-index.ts';
import { reportHtml } from '../html/report-html.ts';
import { partTitles } from '../part-sections.ts';
import { syntheticData } from '../testing/synthetic-data.ts';
import { figuresOf, type Sentence, whatThisMeans } from './index.ts';
import { say } from './sentence.ts';

const allOf = (data: ReportData) =>
  whatThisMeans(new FigureIndex(data), partTitles).flatMap(({ sentences, wins, changes }) => [
    ...sentences,
    ...wins,
    ...changes,
  ]);
const textOf = ({ words }: Sentence) => words.filter((word) => typeof word === 'string').join('');
const without = (...parts: string[]): ReportData => {
  const data = syntheticData();
  return { ...data, figures: data.figures.filter(({ part }) => !parts.includes(part)) };
};

describe('what this means', () => {
  test('lists the criteria in order', () => {
    const rows = whatThisMeans(new FigureIndex(syntheticData()), partTitles);
    expect(rows.map(({ title }) => title)).toEqual([
      'Cost',
      'Run time',
      'Complexity',
      'Scalability',
      'Resource management',
      'Team',
      'Use cases',
    ]);
  });

  test('every sentence quotes a figure or says that none exists', () => {
    const data = syntheticData();
    const ids = new Set(data.figures.map(({ id }) => id));
    for (const sentence of allOf(data)) {
      const figures = figuresOf(sentence);
      if (!sentence.unknown) expect(figures, textOf(sentence)).not.toEqual([]);
      for (const { id } of figures) expect(ids).toContain(id);
    }
  });

  test.each([[[]], [['cost']], [['latency', 'limits', 'idle']]])(
    'without %j every number in it is still a figure',
    (parts) => {
      const data = without(...parts);
      const html = reportHtml(data);
      const [section = ''] = /<section id="meaning"[\s\S]*?<\/section>/.exec(html) ?? [];
      const figures = [...section.matchAll(/<data [^>]*data-figure="([^"]+)"[^>]*>/g)];
      const ids = new Set(data.figures.map(({ id }) => id));
      expect(figures.length).toBeGreaterThan(30);
      for (const [, id] of figures) expect(ids).toContain(id);
      const rest = section
        .replace(/<data [\s\S]*?<\/data>/g, '')
        .replace(/<span class="name[\s\S]*?<\/span>/g, '')
        .replace(/<[^>]*>/g, '');
      expect(rest).toContain('What would change it');
      expect(rest).not.toMatch(/\d/);
    },
  );

  test('a missing figure is reported instead of a verdict', () => {
    const unknown = allOf(without('latency')).filter((sentence) => sentence.unknown);
    expect(unknown.map(textOf)).toContainEqual(
      expect.stringContaining('Median latency of browsing (warm): not measured in this run'),
    );
  });

  test('overlapping intervals show no clear difference', () => {
    const data = syntheticData();
    const figures = data.figures.map((figure) =>
      figure.id === 'latency/hybrid/browse/warm/p50'
        ? { ...figure, spread: { ...figure.spread, low: 5 } }
        : figure,
    );
    const texts = allOf({ ...data, figures }).map(textOf);
    expect(texts).toContainEqual(
      expect.stringContaining(
        'Median latency of browsing (warm) shows no clear difference between',
      ),
    );
  });

  test('rejects a digit in the text of a sentence', () => {
    expect(() => say`Twice as fast: 2×.`).toThrow('not a figure of the run');
  });
});
