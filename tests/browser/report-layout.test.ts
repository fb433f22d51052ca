import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '@triptych/base/repository-root';
import { launchBrowser } from '@triptych/comparison/browser/launch-browser';
import type { ReportData } from '@triptych/comparison/data';
import { compareRuns, readReportData, writeReport } from '@triptych/comparison/report';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layoutFaults } from './support/layout-faults.ts';
import { inWindow } from './support/opened-page.ts';

let browser: Browser | undefined;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triptych-layout-'));
  const sample = await readReportData(join(repositoryRoot, 'docs/sample-report'));
  await writeReport(join(folder, 'full'), sample, { against: compareRuns(sample, sample) });
  await writeReport(join(folder, 'quick'), quickRun(sample), { sample });
  await writeReport(join(folder, 'four-target'), withWebFunctions(sample));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The sample as a quick run on a busy machine would have left it: few samples, and only the essential parts. */
function quickRun(sample: ReportData): ReportData {
  const run = structuredClone(sample);
  const measured = ({ part }: { part: string }) =>
    ['behaviour', 'latency', 'idle', 'work', 'cost', 'complexity'].includes(part);
  const figures = run.figures
    .filter(measured)
    .map((figure) =>
      figure.spread.kind === 'exact' ? figure : { ...figure, n: 3, indicative: true },
    );
  const parts = run.parts.map((part) =>
    measured({ part: part.id }) ? part : { ...part, state: 'not-run' as const },
  );
  return {
    ...run,
    parts,
    figures,
    series: run.series.filter(measured),
    facts: run.facts.filter(measured),
    missing: run.missing.filter(measured),
  };
}

/** The sample with a fourth column, whose name is the longest that a local run has, and which has no bill. */
function withWebFunctions(sample: ReportData): ReportData {
  const [from, name] = ['serverless', 'serverless-web'];
  const copies = <T extends { target?: string; id?: string }>(all: readonly T[]): T[] =>
    all.flatMap((one) => {
      if (one.target !== from) return [one];
      const id = one.id?.replace(`/${from}/`, `/${name}/`);
      return [one, { ...one, target: name, ...(id && { id }) }];
    });
  const billed = /^cost\/serverless-web\/(month|line|break-even|total)/;
  const unbilled = <T extends { id: string }>(all: readonly T[]) =>
    copies(all).filter(({ id }) => !billed.test(id));
  return {
    ...sample,
    targets: sample.targets.flatMap((one) =>
      one.name === from ? [one, { ...one, name, http: 'web-functions' as const }] : [one],
    ),
    figures: unbilled(sample.figures),
    series: unbilled(sample.series),
    facts: copies(sample.facts),
    missing: copies(sample.missing),
  };
}

const look = <T>(report: string, options: BrowserContextOptions, how: (page: Page) => Promise<T>) =>
  inWindow(browser, pathToFileURL(join(folder, report, 'index.html')).href, options, how);
const openAll = (page: Page) =>
  page.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });

const phone = { isMobile: true, deviceScaleFactor: 2 };
const windows: readonly (readonly [string, BrowserContextOptions])[] = [
  ['a phone of 360 pixels', { ...phone, viewport: { width: 360, height: 640 } }],
  ['a phone of 390 pixels', { ...phone, viewport: { width: 390, height: 844 } }],
  ['a desk', { viewport: { width: 1280, height: 900 } }],
];
/** The width of A4 without the page's margins, at 96 dots per inch. */
const paper = { viewport: { width: 680, height: 1000 } };

describe.each(['full', 'quick', 'four-target'])('a %s report', (report) => {
  test.each(windows)('has no layout fault on %s', async (_, options) => {
    const faults = await look(report, options, async (page) => {
      await openAll(page);
      return layoutFaults(page);
    });
    expect(faults).toEqual([]);
  });

  test('has no layout fault in print', async () => {
    const faults = await look(report, paper, async (page) => {
      await page.emulateMedia({ media: 'print' });
      return layoutFaults(page);
    });
    expect(faults).toEqual([]);
  });

  test.each(windows)('shows the verdict on the first screen of %s', async (_, options) => {
    await look(report, options, async (page) => {
      const first = page.locator('#verdict li').first();
      expect(await first.textContent()).toMatch(/^(Under about|At any traffic)/);
      const box = await first.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(options.viewport?.height ?? 0);
    });
  });
});

test('figures of the sample are labelled on the page', async () => {
  await look('quick', windows[0]?.[1] ?? {}, async (page) => {
    const note = page.locator('#bursts .sample-note');
    expect(await note.isVisible()).toBe(true);
    expect(await note.textContent()).toMatch(/sample report, measured on \d{4}-\d\d-\d\d, on \S/);
    expect(await page.locator('#bursts .sample [data-sample]').count()).toBeGreaterThan(20);
    expect(await page.locator('#latency [data-sample]').count()).toBe(0);
  });
});

describe('the check itself', () => {
  const page = (body: string) =>
    `data:text/html,${encodeURIComponent(`<!doctype html><body style="margin:0">${body}`)}`;
  test.each([
    [
      'text outside of the page',
      '<p style="margin-left:350px;white-space:nowrap">one two three</p>',
      'outside of the page',
    ],
    [
      'a table that is cut off',
      '<div style="width:100px;overflow-x:auto"><p style="width:200px">wide</p></div>',
      'cut off',
    ],
    [
      'a unit without a space',
      '<data>15.8<span class="unit" style="display:inline-block"> ms</span></data>',
      'unit without a space',
    ],
    [
      'a label under a bar',
      '<figure class="chart intervals"><svg width="200" height="40"><text x="20" y="20">15.8</text><path d="M0 15H90" stroke="var(--hybrid)" stroke-width="6"/></svg></figure>',
      'struck through',
    ],
    [
      'two labels at one place',
      '<figure class="chart lines"><svg width="200" height="40"><text x="20" y="20">15.8</text><text x="25" y="21">17.4</text></svg></figure>',
      'overlaps',
    ],
  ])('finds %s', async (_, body, fault) => {
    const viewport = { width: 360, height: 640 };
    const faults = await inWindow(browser, page(body), { viewport }, layoutFaults);
    expect(faults).toContainEqual(expect.stringContaining(fault));
  });
});
