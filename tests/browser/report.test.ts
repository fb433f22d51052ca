import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '@triptych/comparison/browser/launch-browser';
import { PART_IDS } from '@triptych/comparison/data';
import { compareRuns, writeReport } from '@triptych/comparison/report';
import { syntheticData } from '@triptych/comparison/report/testing/synthetic-data';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paleTexts } from './support/contrast.ts';
import { inWindow } from './support/opened-page.ts';

let browser: Browser | undefined;
let folder: string;
let address: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triptych-browser-'));
  const data = syntheticData();
  await writeReport(folder, data, { against: compareRuns(data, data) });
  address = pathToFileURL(join(folder, 'index.html')).href;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Console messages, errors and requests of the page; there should be none. */
  readonly complaints: string[];
}

/** Opens the report in a new window, collects complaints, and closes it. */
async function inPage<T>(
  options: BrowserContextOptions,
  look: (opened: Opened) => Promise<T>,
): Promise<T> {
  const complaints: string[] = [];
  const listen = (page: Page) => {
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', ({ message }) => complaints.push(`error: ${message}`));
    page.on('request', (request) => {
      if (request.url() !== address) complaints.push(`request: ${request.url()}`);
    });
  };
  return inWindow(browser, address, options, (page) => look({ page, complaints }), listen);
}

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, deviceScaleFactor: 2 };
const desk = { viewport: { width: 1280, height: 900 } };

describe.each([
  ['a phone', phone],
  ['a desk', desk],
])('on %s', (_, options) => {
  test('the page logs nothing and sends no request', async () => {
    await inPage(options, async ({ complaints }) => expect(complaints).toEqual([]));
  });

  test('every part is visible and fits the window', async () => {
    await inPage(options, async ({ page }) => {
      for (const id of [...PART_IDS, 'glance', 'meaning', 'against', 'reading']) {
        const section = page.locator(`#${id}`);
        expect(await section.isVisible(), id).toBe(true);
        const box = await section.boundingBox();
        expect(box?.height, id).toBeGreaterThan(40);
      }
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBe(options.viewport.width);
    });
  });

  test('each chart is drawn once, at a readable size', async () => {
    await inPage(options, async ({ page }) => {
      const charts = page.locator('section > figure');
      const count = await charts.count();
      expect(count).toBeGreaterThan(8);
      for (let at = 0; at < count; at += 1) {
        const drawn = charts.nth(at).locator('svg:visible');
        expect(await drawn.count()).toBe(1);
        const scale = await drawn.evaluate(
          (svg) => svg.getBoundingClientRect().width / Number(svg.getAttribute('width')),
        );
        expect(scale).toBeGreaterThan(0.9);
      }
    });
  });

  test('the three targets fit side by side without scrolling', async () => {
    await inPage(options, async ({ page }) => {
      const wide = await page
        .locator('#glance .scroll, #latency .scroll')
        .evaluateAll((elements) =>
          elements
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map((element) => element.getAttribute('aria-label')),
        );
      expect(wide).toEqual([]);
    });
  });
});

test.each(['light', 'dark'] as const)('all text is readable in %s colours', async (colorScheme) => {
  await inPage({ ...desk, colorScheme }, async ({ page }) => {
    const paper = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(paper === 'rgb(255, 255, 255)').toBe(colorScheme === 'light');
    expect(await paleTexts(page)).toEqual([]);
  });
});

test('a number states its origin and the id of its figure in the data', async () => {
  const ids = new Set(syntheticData().figures.map(({ id }) => id));
  await inPage(desk, async ({ page }) => {
    const numbers = await page
      .locator('data')
      .evaluateAll((elements) =>
        elements.map((element) => [element.getAttribute('data-figure'), element.title]),
      );
    expect(numbers.length).toBeGreaterThan(200);
    for (const [id, title] of numbers) {
      expect(ids).toContain(id);
      expect(title).toContain('invented for tests');
    }
  });
});

test('folded details open without JavaScript', async () => {
  await inPage({ ...desk, javaScriptEnabled: false }, async ({ page }) => {
    const details = page.locator('#complexity details').first();
    await details.locator('summary').click();
    expect(await details.locator('table').isVisible()).toBe(true);
  });
});

test('the report prints on several pages in light colours', async () => {
  await inPage({ ...desk, colorScheme: 'dark' }, async ({ page }) => {
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString(
      'latin1',
    );
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(10);
    await page.emulateMedia({ media: 'print' });
    const paper = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe('rgb(255, 255, 255)');
  });
});
