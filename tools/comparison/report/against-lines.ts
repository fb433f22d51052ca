import type { Against, Change } from './against.ts';
import { shownRatio, shownValue } from './format-figure.ts';

const MAX_SHOWN = 20;

function line({ older, newer, ratio }: Change): string {
  const times = Number.isFinite(ratio) ? ` (${shownRatio(ratio)})` : '';
  return `  ${newer.target ?? 'all'}: ${newer.title}: ${shownValue(older)} → ${shownValue(newer)}${times}  ${newer.id}`;
}

/** Formats a comparison for the terminal: warnings, then at most twenty lines each for worse and better figures. */
export function againstLines(against: Against): string[] {
  const { older, noise, worse, better, same, warnings } = against;
  const list = (title: string, changes: readonly Change[]) => [
    `${title}: ${changes.length === 0 ? 'nothing' : changes.length}`,
    ...changes.slice(0, MAX_SHOWN).map(line),
    ...(changes.length > MAX_SHOWN
      ? [`  and ${changes.length - MAX_SHOWN} more, in the report`]
      : []),
  ];
  return [
    `Compared with run ${older.id} (${older.mode}); the noise control differs by ${shownRatio(noise)}`,
    ...warnings,
    ...list('Slower, more expensive or larger, beyond the noise', worse),
    ...list('Better, beyond the noise', better),
    `No clear change: ${same}`,
  ];
}
