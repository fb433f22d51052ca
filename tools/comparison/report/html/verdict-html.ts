import type { Target } from '../../data/index.ts';
import type { Verdict } from '../verdict/index.ts';
import { sentenceHtml } from './sentence-html.ts';

/** The verdict, which is the first thing on the page. */
export function verdictHtml({ sentences, sample }: Verdict, targets: readonly Target[]): string {
  const intro = sample ? sentenceHtml(sample, targets, 'p') : '';
  const items = sentences.map((given) => sentenceHtml(given, targets)).join('');
  return `<section id="verdict"${sample ? ' class="sample"' : ''}>
<h2>Which one should we choose?</h2>
${intro}<ul>${items}</ul>
</section>`;
}
