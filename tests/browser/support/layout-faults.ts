import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/**
 * Layout faults of a page, in words: text that is cut off or ends outside of the page, units without a space before them, and
 * chart labels that overlap other labels, bars, dots or intervals.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  const script = await readFile(new URL('./layout-faults.js', import.meta.url), 'utf8');
  return [...new Set(await page.evaluate<string[]>(script))];
}
