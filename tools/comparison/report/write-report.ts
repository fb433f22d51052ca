import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportData } from '../data/index.ts';
import { reportHtml } from './html/report-html.ts';
import { reportMarkdown } from './markdown/report-markdown.ts';
import type { ReportExtras } from './report-extras.ts';

/**
 * Writes `index.html`, `report.md` and `data.json` into a folder and creates the folder if needed.
 * @param extras the comparison with an older run, and the sample report; `data.json` contains neither
 */
export async function writeReport(
  folder: string,
  data: ReportData,
  extras: ReportExtras = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = {
    'data.json': `${JSON.stringify(data, null, 1)}\n`,
    'report.md': reportMarkdown(data, extras),
    'index.html': reportHtml(data, extras),
  };
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  );
}
