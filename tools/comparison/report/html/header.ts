import type { ReportData } from '../../data/index.ts';
import { tenParts } from '../part-sections.ts';
import { escapeHtml } from './escape.ts';

function took({ startedAt, endedAt }: ReportData['run']): string {
  const seconds = Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  return seconds < 120 ? `${seconds}\u00a0s` : `${Math.round(seconds / 60)}\u00a0min`;
}

const utc = (time: string) => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

/** The title, and the verdict below it. */
export function headerHtml(verdict: string): string {
  return `<header>
<p class="kicker">Triptych</p>
<h1>One shop, three ways to run it</h1>
${verdict}
</header>`;
}

/** The targets, the run, the machine and the code. */
export function runHtml({ run, machine, targets }: ReportData): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Run', `${run.id}, ${run.mode}${run.interrupted ? ', interrupted, incomplete' : ''}`],
    ['When', `${utc(run.startedAt)}, took ${took(run)}`],
    [
      'Machine',
      `${machine.cpu}, ${machine.cores} cores, ${(machine.memoryMiB / 1024).toFixed(1)} GiB; ${machine.os}; Node ${machine.node}`,
    ],
    ['Code', `${run.commit.slice(0, 12)}, seed ${run.seed}`],
    ['Command', run.command],
  ];
  const list = facts.map(([name, text]) => `<dt>${name}</dt><dd>${escapeHtml(text)}</dd>`);
  const cards = targets.map(
    ({ name, variant, label, baseUrl }, at) =>
      `<li class="t${at}"><b class="target t${at}">${escapeHtml(name)}</b>${name === variant ? '' : ` <span>${variant}</span>`}<span>${escapeHtml(label)}</span><code>${escapeHtml(baseUrl)}</code></li>`,
  );
  return `<section id="run" aria-label="Run">
<ul class="targets">${cards.join('')}</ul>
<dl>${list.join('')}</dl>
</section>`;
}

/** The table of contents. Only the ten parts are numbered. @param after the sections after the parts, as [id, title] */
export function contentsHtml(after: readonly (readonly [string, string])[]): string {
  const link = (id: string, title: string) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`;
  return `<nav aria-label="Contents"><ol>${tenParts.map(({ id, title }) => link(id, title)).join('')}</ol><ul>${after.map(([id, title]) => link(id, title)).join('')}</ul></nav>`;
}
