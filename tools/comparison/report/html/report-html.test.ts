import { describe, expect, test } from 'vitest';
import { compareRuns } from '../against.ts';
import { reportMarkdown } from '../markdown/report-markdown.ts';
import { furtherParts, tenParts } from '../part-sections.ts';
import { syntheticData } from '../testing/synthetic-data.ts';
import { reportHtml } from './report-html.ts';

const data = syntheticData();
const html = reportHtml(data);

describe('the page', () => {
  test('has all ten parts in order, each with its question', () => {
    const found = [...html.matchAll(/<section id="([a-z-]+)" class="part">/g)].map(([, id]) => id);
    const ids = tenParts.map(({ id }) => id);
    expect(found).toEqual(['glance', ...ids, 'meaning', ...furtherParts.map(({ id }) => id)]);
  });

  test('shows every figure of the data at least once', () => {
    const shown = new Set([...html.matchAll(/data-figure="([^"]+)"/g)].map(([, id]) => id));
    expect(data.figures.filter(({ id }) => !shown.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test('shows the sample count of each sampled figure and marks small samples', () => {
    expect(html).toContain('n 12</span> <em>indicative</em>');
    expect(html).toMatch(/title="browse, warm, p50: n = 200, 95 % interval 5\.82–6\.18 · invented/);
  });

  test('loads nothing from the network and runs no script', () => {
    expect(html).not.toMatch(
      /<(script|link|img|iframe)\b|@import|url\((?!#)|https?:\/\/(?!synthetic|www\.w3)/,
    );
  });

  test('is deterministic', () => {
    expect(reportHtml(syntheticData()) === html).toBe(true);
  });

  test('markup in names is escaped', () => {
    const odd = syntheticData();
    odd.missing.push({ part: 'idle', what: '<b onclick=1>', why: '"quoted" & <i>' });
    const page = reportHtml(odd);
    expect(page).toContain('&lt;b onclick=1&gt;');
    expect(page).not.toContain('<b onclick');
  });

  test('a source is a link, and a fact that all targets share appears once', () => {
    const withFacts = syntheticData();
    const source = 'docs.aws.amazon.com/lambda/latest/dg/limits.html';
    withFacts.facts.push(
      ...withFacts.targets.map(({ name: target }) => {
        const text = `at most 400 KB (https://${source})`;
        return { part: 'limits' as const, subject: 'an item', target, text };
      }),
    );
    const page = reportHtml(withFacts);
    const link = `(<a href="https://${source}">docs.aws.amazon.com</a>)`;
    expect(page).toContain(
      `an item</th><td colspan="${withFacts.targets.length}"><p>at most 400 KB ${link}</p></td>`,
    );
    expect(page.split(link)).toHaveLength(2);
  });

  test('the report of an empty run says that nothing was measured', () => {
    const empty = { ...data, figures: [], series: [], facts: [], missing: [], parts: [] };
    const page = reportHtml(empty);
    expect(page.match(/the run ended before this part/g)).toHaveLength(
      tenParts.length + furtherParts.length,
    );
    expect(reportMarkdown(empty)).toContain('not measured in this run');
  });

  test('a comparison with an older run has a section', () => {
    expect(reportHtml(data, { against: compareRuns(data, data) })).toContain(
      '<section id="against"',
    );
  });
});
