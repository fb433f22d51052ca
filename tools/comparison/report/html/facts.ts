import type { Fact, Missing, Target } from '../../data/index.ts';
import { factRows } from '../fact-rows.ts';
import { escapeHtml } from './escape.ts';
import { richText } from './rich-text.ts';

/** A sign with a text label, because colour alone is not accessible. */
function verdict(ok: boolean | undefined): string {
  if (ok === undefined) return '';
  return ok ? '<b class="ok" aria-label="yes">✓</b> ' : '<b class="bad" aria-label="no">✗</b> ';
}

const formatFacts = (facts: readonly Fact[]) =>
  facts.map(({ ok, text }) => `<p>${verdict(ok)}${richText(text)}</p>`).join('');

/** A table of facts: a row per subject and a column per target. A fact that all targets share spans the columns. */
export function factTable(facts: readonly Fact[], targets: readonly Target[]): string {
  if (facts.length === 0) return '';
  const ownCell = (text: string, at: number) => {
    const name = escapeHtml(targets[at]?.name ?? '');
    // A phone shows the cells below each other, each with the name of its target.
    return text === '' ? '<td></td>' : `<td class="t${at}" data-target="${name}">${text}</td>`;
  };
  const across = (text: string) => `<td colspan="${targets.length}">${text}</td>`;
  const rows = factRows(facts, targets, formatFacts).map(({ subject, general, alike, own }) => {
    const shared = general && across(general);
    const each = alike ? across(alike) : own.map(ownCell).join('');
    const span = shared && each ? ' rowspan="2"' : '';
    const label = `<th scope="row"${span}>${escapeHtml(subject)}</th>`;
    return `<tr>${label}${shared}${span && '</tr><tr>'}${each}</tr>`;
  });
  const heads = targets
    .map(({ name }, at) => `<th scope="col" class="target t${at}">${escapeHtml(name)}</th>`)
    .join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="Facts"><table class="facts"><caption>Facts</caption><thead><tr><td></td>${heads}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** Lists missing figures with reasons. Items with the same reason share a line. */
export function missingList(missing: readonly Missing[]): string {
  if (missing.length === 0) return '';
  const byReason = Map.groupBy(missing, ({ why }) => why);
  const items = [...byReason].map(([why, same]) => {
    const byWhat = Map.groupBy(same, ({ what }) => what);
    const things = [...byWhat].map(([what, of]) => {
      const targets = of.flatMap(({ target }) => target ?? []);
      return targets.length > 0 ? `${what} (${targets.join(', ')})` : what;
    });
    return `<li><b>${escapeHtml(things.join('; '))}</b>: ${richText(why)}</li>`;
  });
  return `<aside class="missing"><h3>Not measured</h3><ul>${items.join('')}</ul></aside>`;
}
