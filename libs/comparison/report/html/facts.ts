import type { Fact, Missing, Target } from '../../data/index.ts';
import { escapeHtml } from './escape.ts';
import { richText } from './rich-text.ts';

/** The sign and the word: colour alone tells nobody anything. */
function verdict(ok: boolean | undefined): string {
  if (ok === undefined) return '';
  return ok ? '<b class="ok" aria-label="yes">✓</b> ' : '<b class="bad" aria-label="no">✗</b> ';
}

const told = (facts: readonly Fact[]) =>
  facts.map(({ ok, text }) => `<p>${verdict(ok)}${richText(text)}</p>`).join('');

/** Facts side by side: a row per subject, a column per target; what is the same of all is told once. */
export function factTable(facts: readonly Fact[], targets: readonly Target[]): string {
  if (facts.length === 0) return '';
  const rows = [...Map.groupBy(facts, ({ subject }) => subject)].map(([subject, same]) => {
    const general = same.filter(({ target }) => target === undefined);
    const cells = targets.map(({ name }) => same.filter(({ target }) => target === name));
    const label = `<th scope="row">${escapeHtml(subject)}</th>`;
    const shared =
      general.length > 0 ? `<td colspan="${targets.length}">${told(general)}</td>` : '';
    const [first = '', ...others] = cells.map(told);
    const isSame = others.length > 0 && others.every((cell) => cell === first);
    const own = !cells.some((cell) => cell.length > 0)
      ? ''
      : isSame
        ? `<td colspan="${targets.length}">${first}</td>`
        : [first, ...others].map((cell) => `<td>${cell}</td>`).join('');
    if (shared && own) {
      return `<tr><th scope="row" rowspan="2">${escapeHtml(subject)}</th>${shared}</tr><tr>${own}</tr>`;
    }
    return `<tr>${label}${shared}${own}</tr>`;
  });
  const heads = targets
    .map(({ name }, at) => `<th scope="col" class="target t${at}">${escapeHtml(name)}</th>`)
    .join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="Facts"><table class="facts"><caption>Facts</caption><thead><tr><td></td>${heads}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** What is not known, and why; the same reason for several things is said once. */
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
