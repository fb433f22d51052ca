import type { Target } from '../../data/index.ts';
import { rounded } from '../format-figure.ts';
import { figuresOf, type Sentence, type Word } from '../meaning/index.ts';
import { escapeHtml } from './escape.ts';
import { figureElement, figureMargin } from './figure-element.ts';

function wordHtml(word: Word, targets: readonly Target[]): string {
  if (typeof word === 'string') return escapeHtml(word);
  if ('figure' in word) {
    const { figure, source } = word;
    if (!word.rounded) return figureElement(figure, source);
    const short = { ...figure, value: rounded(figure.value) };
    return `${figureElement(short, source)} ${figureMargin(figure)}`;
  }
  if ('name' in word) return `<span class="name">${escapeHtml(word.name)}</span>`;
  const at = targets.findIndex(({ name }) => name === word.target);
  return `<span class="name${at < 0 ? '' : ` target t${at}`}">${escapeHtml(word.target)}</span>`;
}

/** Renders a sentence as a list item or a paragraph. */
export function sentenceHtml(
  given: Sentence,
  targets: readonly Target[],
  element: 'li' | 'p' = 'li',
): string {
  const marked = given.words.some((word) => typeof word === 'object' && 'rounded' in word);
  const indicative =
    !marked && figuresOf(given).some((figure) => figure.indicative)
      ? ' <small><em>indicative</em></small>'
      : '';
  const kind = given.unknown ? ' class="unknown"' : '';
  const words = given.words.map((word) => wordHtml(word, targets)).join('');
  return `<${element}${kind}>${words}${indicative}</${element}>`;
}
