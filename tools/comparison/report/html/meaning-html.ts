import type { Target } from '../../data/index.ts';
import type { Judged, Sentence } from '../meaning/index.ts';
import { escapeHtml } from './escape.ts';
import { sentenceHtml } from './sentence-html.ts';

/** The section "What this means": for each criterion the results, the winners and what would change them. */
export function meaningHtml(rows: readonly Judged[], targets: readonly Target[]): string {
  const items = (sentences: readonly Sentence[]) =>
    `<ul>${sentences.map((given) => sentenceHtml(given, targets)).join('')}</ul>`;
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
<p class="asks">Every number here is a figure from this run, or from the sample report where the sentence says so. A target wins only if the difference is larger than the sampling error and the noise of the machine.</p>
${body.join('\n')}
</section>`;
}
