/** A part of a Fn::Sub template: literal text, or the name in `${…}`. */
export type SubPart =
  | { readonly text: string; readonly name?: undefined }
  | { readonly name: string };

/** Splits a Fn::Sub template. `${!x}` is the literal `${x}`. */
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
