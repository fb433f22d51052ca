const root = 'payments payments.confirm-order';

/**
 * Moves the confirmation of the order to the end of an outline. The response to a charge and the webhook about it race: the
 * first one confirms the order, and the other may find it confirmed. Which one wins does not depend on the variant.
 * @param outline lines indented by two spaces per level
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
    // The subtree of the winner also holds everything that follows from the confirmation.
    if (subtree.length > confirmation.length) confirmation = subtree;
    at = end;
  }
  return [...rest, ...confirmation];
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}
