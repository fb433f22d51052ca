import type { ReportData } from '../../data/index.ts';
import { FigureIndex } from '../figure-index.ts';
import { atAGlance } from '../glance.ts';
import { whatThisMeans } from '../meaning/index.ts';
import { furtherParts, partTitles, tenParts } from '../part-sections.ts';
import type { ReportExtras } from '../report-extras.ts';
import { verdictOf } from '../verdict/index.ts';
import { againstHtml } from './against-html.ts';
import { escapeHtml } from './escape.ts';
import { figureTable } from './figure-table.ts';
import { contentsHtml, headerHtml, runHtml } from './header.ts';
import { howToRead } from './how-to-read.ts';
import { meaningHtml } from './meaning-html.ts';
import { partHtml } from './part-html.ts';
import { styles } from './styles.ts';
import { verdictHtml } from './verdict-html.ts';

/** The page may load nothing and run no script. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

function glance(index: FigureIndex): string {
  const rows = atAGlance(index);
  if (rows.length === 0) return '';
  return `<section id="glance" class="part"><h2>At a glance</h2>
${figureTable({ title: 'Key figures', detail: false, rows }, index)}</section>`;
}

/** Renders the whole report as one self-contained page. */
export function reportHtml(data: ReportData, { against, sample }: ReportExtras = {}): string {
  const index = new FigureIndex(data, sample);
  const { targets, run } = data;
  const after = [
    ['meaning', 'What this means'],
    ...furtherParts.map(({ id, title }) => [id, title] as const),
    ...(against ? [['against', 'Compared with an older run'] as const] : []),
    ['reading', 'How to read this'],
  ] as const;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="color-scheme" content="light dark">
<title>Triptych: comparison ${escapeHtml(run.id)}</title>
<style>${styles(targets, sample?.targets)}</style>
</head>
<body>
${headerHtml(verdictHtml(verdictOf(index), targets))}
${runHtml(data)}
${contentsHtml(after)}
<main>
${glance(index)}
${tenParts.map((layout, at) => partHtml(layout, index, at + 1)).join('\n')}
${meaningHtml(whatThisMeans(index, partTitles), targets)}
${furtherParts.map((layout) => partHtml(layout, index)).join('\n')}
${against ? againstHtml(against) : ''}
</main>
${howToRead}
</body>
</html>
`;
}
