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

function sentence(told: Sentence, targets: readonly Target[]): string {
  const indicative = figuresOf(told).some((figure) => figure.indicative)
    ? ' <small><em>indicative</em></small>'
    : '';
  const kind = told.unknown ? ' class="unknown"' : '';
  return `<li${kind}>${told.words.map((part) => word(part, targets)).join('')}${indicative}</li>`;
}

/** The criteria as rows: what this run says, where each wins, what would change it. */
export function meaningHtml(rows: readonly Judged[], targets: readonly Target[]): string {
  const items = (sentences: readonly Sentence[]) =>
    `<ul>${sentences.map((told) => sentence(told, targets)).join('')}</ul>`;
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
<p class="asks">Every number here is a figure of this run; where two intervals share a value, this run cannot tell the two apart.</p>
${body.join('\n')}
</section>`;
}
