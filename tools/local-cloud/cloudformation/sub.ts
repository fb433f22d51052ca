/** A piece of a Fn::Sub text: literal text, or the name inside `${…}`. */
export type SubPart =
  | { readonly text: string; readonly name?: undefined }
  | { readonly name: string };

/** Splits the text of a Fn::Sub; `${!x}` stands for the literal `${x}`. */
export function subParts(text: string): SubPart[] {
  return text
    .split(/(\$\{[^}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (!/^\$\{.*\}$/s.test(piece)) return { text: piece };
      const name = piece.slice(2, -1).trim();
      return name.startsWith('!') ? { text: `\${${name.slice(1)}}` } : { name };
    });
}
