import type { Figure } from '../../data/index.ts';

/** Part of a sentence: plain text, a name, or a figure. Only a figure may contain a number. */
export type Word =
  | string
  | { readonly target: string }
  | { readonly name: string }
  | { readonly figure: Figure };

/** A sentence of the report. `unknown` marks a sentence about a missing result. */
export interface Sentence {
  readonly words: readonly Word[];
  readonly unknown?: true;
}

/** Joins words as `a, b and c`. */
export function list(items: readonly (readonly Word[])[]): Word[] {
  return items.flatMap((item, at) => {
    if (at === 0) return item;
    return [at === items.length - 1 ? ' and ' : ', ', ...item];
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

/** Says that something was not measured, and where the reason is. */
export function sayUnknown(subject: string, part: string): Sentence {
  return {
    ...say`${subject}: not measured in this run; see “${part}” for the reason.`,
    unknown: true,
  };
}

export const figuresOf = ({ words }: Sentence): Figure[] =>
  words.flatMap((word) => (typeof word === 'object' && 'figure' in word ? [word.figure] : []));
