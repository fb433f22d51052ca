import type { Figure } from '../../data/index.ts';

/** A word of a sentence: plain text, the name of a target or a thing, or a figure, which alone may bring a number. */
export type Word =
  | string
  | { readonly target: string }
  | { readonly name: string }
  | { readonly figure: Figure };

/** What the report says, in words and figures. `unknown` says that a figure is not there. */
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
 * Writes a sentence. Its text may hold no digit: a number comes from a figure of the run or not at all.
 * @throws {Error} on a digit in the text, since that would be a number nobody measured
 */
export function say(texts: TemplateStringsArray, ...given: readonly Given[]): Sentence {
  const words = texts.flatMap((text, at): Word[] => {
    const next = given[at];
    if (next === undefined) return [text];
    return [text, ...(Array.isArray(next) ? (next as readonly Word[]) : [next as Word])];
  });
  const invented = words.find((word) => typeof word === 'string' && /\d/.test(word));
  if (invented) throw new Error(`"${invented}" has a number that is no figure of the run`);
  return { words: words.filter((word) => word !== '') };
}

/** Says that something is not known, in place of what would have been said. */
export function sayUnknown(subject: string, part: string): Sentence {
  return { ...say`${subject}: not known in this run; “${part}” says why.`, unknown: true };
}

export const figuresOf = ({ words }: Sentence): Figure[] =>
  words.flatMap((word) => (typeof word === 'object' && 'figure' in word ? [word.figure] : []));
