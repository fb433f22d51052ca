import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

export interface Pale {
  readonly text: string;
  readonly ratio: number;
}

/** Texts of a page whose contrast with their background is below the WCAG minimum. SVG texts are judged by their fill. */
export async function paleTexts(page: Page): Promise<Pale[]> {
  const script = await readFile(new URL('./pale-texts.js', import.meta.url), 'utf8');
  return page.evaluate<Pale[]>(script);
}
