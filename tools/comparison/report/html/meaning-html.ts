import type { Target } from '../../data/index.ts';
import { figuresOf, type Judged, type Sentence, type Word } from '../meaning/index.ts';
import { escapeHtml } from './escape.ts';
import { figureElement } from './figure-element.ts';

function word(part: Word, targets: readonly Target[]): string {
  if (typeof part === 'string') return escapeHtml(part);
  if ('figure' in part) return figureElement(part.figure);
  if ('name' in part) return `<span class="name">${escapeHtml(part.name)}</span>`;
  const at = targets.findIndex(({ name }) => name === part.target);
  return `<span class="name${at < 0 ? '' : ` target t${at}`}">${escapeHtml(part.target)}</span>`;
}

function sentence(given: Sentence, targets: readonly Target[]): string {
  const indicative = figuresOf(given).some((figure) => figure.indicative)
    ? ' <small><em>indicative</em></small>'
    : '';
  const kind = given.unknown ? ' class="unknown"' : '';
  return `<li${kind}>${given.words.map((part) => word(part, targets)).join('')}${indicative}</li>`;
}

/** The section "What this means": for each criterion the results, the winners and what would change them. */
export function meaningHtml(rows: readonly Judged[], targets: readonly Target[]): string {
  const items = (sentences: readonly Sentence[]) =>
    `<ul>${sentences.map((given) => sentence(given, targets)).join('')}</ul>`;
  const body = rows.map(
    ({ title, sentences, wins, changes }) => `<article>
<h3>${escapeHtml(title)}</h3>
<div>${items(sentences)}</div>
<div><h4>Where each wins</h4>${items(wins)}</div>
<div><h4>What would change it</h4>${items(changes)}</div>
</article>`,
  );
  return `<section id="meaning" class="part">
<h2>What this means</h2>
<p class="asks">Every number here is a figure from this run. If two intervals overlap, this run shows no clear difference between the two targets.</p>
${body.join('\n')}
</section>`;
}
