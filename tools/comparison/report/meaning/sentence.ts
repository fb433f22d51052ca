import type { Figure } from '../../data/index.ts';
import type { Source } from '../figure-index.ts';

/**
 * Part of a sentence: plain text, a name, or a figure. Only a figure may contain a number. `rounded` shows two significant
 * digits, for a number that is introduced by "about".
 */
export type Word =
  | string
  | { readonly target: string }
  | { readonly name: string }
  | { readonly figure: Figure; readonly source?: Source; readonly rounded?: true };

/** A sentence of the report. `unknown` marks a sentence about a missing result. */
export interface Sentence {
  readonly words: readonly Word[];
  readonly unknown?: true;
}

/** Joins words as `a, b and c` or `a, b or c`. */
export function list(items: readonly (readonly Word[])[], last: 'and' | 'or' = 'and'): Word[] {
  return items.flatMap((item, at) => {
    if (at === 0) return item;
    return [at === items.length - 1 ? ` ${last} ` : ', ', ...item];
  });
}

type Given = Word | readonly Word[];

/**
 * Writes a sentence. Its text may contain no digit: every number must be a figure of the run.
 * @throws {Error} if the text contains a digit
 */
export function say(texts: TemplateStringsArray, ...given: readonly Given[]): Sentence {
  const words = texts.flatMap((text, at): Word[] => {
    const next = given[at];
    if (next === undefined) return [text];
    return [text, ...(Array.isArray(next) ? (next as readonly Word[]) : [next as Word])];
  });
  const invented = words.find((word) => typeof word === 'string' && /\d/.test(word));
  if (invented) throw new Error(`"${invented}" has a number that is not a figure of the run`);
  return { words: words.filter((word) => word !== '') };
}

/** Says that something was not measured and where the reason is, and quotes the sample report if it has the figures. */
export function sayUnknown(subject: string, part: string, sample: readonly Figure[]): Sentence {
  const quoted = sample.map((figure): Word[] => onTarget(figure, 'sample'));
  const instead = quoted.length === 0 ? [] : [' In the sample report: ', ...list(quoted), '.'];
  return {
    ...say`${subject}: not measured in this run; see “${part}” for the reason.${instead}`,
    unknown: true,
  };
}

/** `15.8 ms on microservices` */
export const onTarget = (figure: Figure, source: Source = 'run'): Word[] => [
  { figure, source },
  ' on ',
  { target: figure.target ?? 'all' },
];

/** `microservices (15.8 ms)` */
export const named = (figure: Figure, source: Source = 'run'): Word[] => [
  { target: figure.target ?? 'all' },
  ' (',
  { figure, source },
  ')',
];

/** The figures of this run in a sentence. */
export const figuresOf = ({ words }: Sentence): Figure[] =>
  words.flatMap((word) =>
    typeof word === 'object' && 'figure' in word && word.source !== 'sample' ? [word.figure] : [],
  );
