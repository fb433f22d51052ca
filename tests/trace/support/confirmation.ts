const root = 'payments payments.confirm-order';

/**
 * An outline in which the confirmation of the order stands by itself, at the end. The answer to a charge and the webhook
 * about it race: whichever is first confirms, the other may try and find it done. Who wins is no matter of the variant.
 * @param outline lines indented by two spaces a level
 */
export function confirmationApart(outline: readonly string[]): string[] {
  const rest: string[] = [];
  let confirmation: string[] = [];
  for (let at = 0; at < outline.length; ) {
    const line = outline[at] ?? '';
    if (line.trim() !== root) {
      rest.push(line);
      at += 1;
      continue;
    }
    const depth = depthOf(line);
    const after = outline.findIndex((other, index) => index > at && depthOf(other) <= depth);
    const end = after === -1 ? outline.length : after;
    const subtree = outline.slice(at, end).map((one) => one.slice(depth));
    // The one that came first has all that follows from it.
    if (subtree.length > confirmation.length) confirmation = subtree;
    at = end;
  }
  return [...rest, ...confirmation];
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}
