/** Mean width of a character relative to the font size, for a sans-serif font; slightly too wide for most texts. */
const CHARACTER_EM = 0.56;

/** The estimated width of a text in pixels. There is no browser to measure it. */
export function textWidth(text: string, fontPx: number): number {
  return text.length * CHARACTER_EM * fontPx;
}

/** Breaks a text into lines of at most `maxPx` pixels, between words. A longer word gets its own line. */
export function wrapText(text: string, maxPx: number, fontPx: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined) lines.push(word);
    else if (textWidth(longer, fontPx) <= maxPx) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
