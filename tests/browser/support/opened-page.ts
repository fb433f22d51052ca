import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/**
 * Opens an address in a new window and closes it afterwards.
 * @param listen attaches listeners to the page before it loads
 */
export async function inWindow<T>(
  browser: Browser | undefined,
  address: string,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<T>,
  listen?: (page: Page) => void,
): Promise<T> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    listen?.(page);
    await page.goto(address, { waitUntil: 'load' });
    return await look(page);
  } finally {
    await context.close();
  }
}
