/**
 * Takes screenshots of a report for the README: `npm run report-pictures -- [folder]`, by default of `docs/sample-report`. Needs
 * an installed Chromium, or CHROMIUM_PATH.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from './browser/launch-browser.ts';

/** File names and the elements on them. */
const PICTURES = [
  ['latency.png', '#latency > figure'],
  ['meaning.png', '#meaning > article'],
  ['glance.png', '#glance'],
] as const;

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../docs/sample-report'));
try {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 960, height: 900 } });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    await page.addStyleTag({
      content:
        '#glance{margin:0;padding:16px}figure,article{padding:16px!important;border:0!important}',
    });
    for (const [name, selector] of PICTURES) {
      const shown = page.locator(selector).first();
      if ((await shown.count()) === 0) {
        console.log(`${name}: the report has no ${selector}`);
        continue;
      }
      await shown.screenshot({ path: join(folder, name) });
      console.log(join(folder, name));
    }
  } finally {
    await browser.close();
  }
} catch (error) {
  console.error(`triptych: ${String((error as Error).message).split('\n', 1)[0]}`);
  process.exitCode = 1;
}
