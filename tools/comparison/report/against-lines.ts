import type { Against, Change } from './against.ts';
import { formatValue, plainNumber, shownText } from './format-figure.ts';

const shown = 20;

function line({ older, newer, ratio }: Change): string {
  const of = (figure: typeof older) => shownText(formatValue(figure.value, figure.unit));
  const times = Number.isFinite(ratio) ? ` (${plainNumber(ratio)}×)` : '';
  return `  ${newer.target ?? 'all'}: ${newer.title}: ${of(older)} → ${of(newer)}${times}  ${newer.id}`;
}

/** For the terminal: warnings, what became worse, what became better, each at most twenty lines. */
export function againstLines(against: Against): string[] {
  const { older, noise, worse, better, same, warnings } = against;
  const list = (title: string, changes: readonly Change[]) => [
    `${title}: ${changes.length === 0 ? 'nothing' : changes.length}`,
    ...changes.slice(0, shown).map(line),
    ...(changes.length > shown ? [`  and ${changes.length - shown} more, in the report`] : []),
  ];
  return [
    `Against run ${older.id} (${older.mode}); the machine itself differs by ${plainNumber(noise)}×`,
    ...warnings,
    ...list('Slower, dearer or larger beyond the noise', worse),
    ...list('Better beyond the noise', better),
    `Not told apart: ${same}`,
  ];
}
