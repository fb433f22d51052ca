import type { Against, Change } from '../against.ts';
import { shownRatio } from '../format-figure.ts';
import { escapeHtml } from './escape.ts';
import { figureElement, figureMargin } from './figure-element.ts';

function row({ older, newer, ratio }: Change): string {
  const times = Number.isFinite(ratio) ? shownRatio(ratio) : 'from zero';
  const cell = (figure: Change['older']) =>
    `<td>${figureElement(figure)}${figureMargin(figure)}</td>`;
  return `<tr><th scope="row">${escapeHtml(newer.title)}<small>${escapeHtml(newer.target ?? 'all')}</small></th>${cell(older)}${cell(newer)}<td>${times}</td></tr>`;
}

function table(title: string, changes: readonly Change[]): string {
  if (changes.length === 0) return `<p><b>${title}:</b> nothing.</p>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="figures"><caption>${title}</caption><thead><tr><td></td><th scope="col">before</th><th scope="col">now</th><th scope="col">change</th></tr></thead><tbody>${changes.map(row).join('\n')}</tbody></table></div>`;
}

/** The section that compares the run with an older one. */
export function againstHtml(against: Against): string {
  const { older, noise, worse, better, same, gone, warnings } = against;
  return `<section id="against" class="part">
<h2>Compared with an older run</h2>
<p class="asks">Run ${escapeHtml(older.id)}, ${older.mode}, commit ${escapeHtml(older.commit.slice(0, 10))}. A figure counts as changed if it has at least 30 samples or is counted, its intervals do not overlap and, for a time, if it changed by more than the noise control did (${shownRatio(noise)}).</p>
${warnings.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`).join('')}
${table('Slower, more expensive or larger', worse)}
${table('Better', better)}
<p>No clear change: ${same}.${gone.length > 0 ? ` No longer measured: ${gone.length}.` : ''}</p>
</section>`;
}
