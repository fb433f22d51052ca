import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportData } from '../data/index.ts';
import type { Against } from './against.ts';
import { reportHtml } from './html/report-html.ts';
import { reportMarkdown } from './markdown/report-markdown.ts';

/**
 * Writes `index.html`, `report.md` and `data.json` into a folder and creates the folder if needed.
 * @param against the comparison with an older run, from `compareRuns`
 */
export async function writeReport(
  folder: string,
  data: ReportData,
  against?: Against,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = {
    'data.json': `${JSON.stringify(data, null, 1)}\n`,
    'report.md': reportMarkdown(data, against),
    'index.html': reportHtml(data, against),
  };
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  );
}
