import type { ReportData } from '../../data/index.ts';
import type { Against } from '../against.ts';
import { againstLines } from '../against-lines.ts';
import { FigureIndex } from '../figure-index.ts';
import { formatValue, shownText } from '../format-figure.ts';
import { atAGlance } from '../glance.ts';
import { type Sentence, whatThisMeans } from '../meaning/index.ts';
import { partSection, partTitles, tenParts } from '../part-sections.ts';
import { type PartLayout, shootOuts } from '../parts/index.ts';
import { factsMarkdown, figureMarkdown, missingMarkdown } from './markdown-table.ts';

function sentence({ words }: Sentence): string {
  return words
    .map((word) => {
      if (typeof word === 'string') return word;
      if ('figure' in word) return shownText(formatValue(word.figure.value, word.figure.unit));
      return 'name' in word ? word.name : word.target;
    })
    .join('');
}

function part(layout: PartLayout, index: FigureIndex, heading: string): string {
  const { tables, facts, missing, state } = partSection(layout, index);
  return [
    `## ${heading}${state === 'done' ? '' : ` (${state})`}`,
    layout.asks,
    ...tables.filter(({ detail }) => !detail).map((table) => figureMarkdown(table, index.targets)),
    ...(facts.length > 0 ? [factsMarkdown(facts, index.targets)] : []),
    ...(missing.length > 0 ? [missingMarkdown(missing)] : []),
  ].join('\n\n');
}

function meaning(index: FigureIndex): string {
  const bullets = (sentences: readonly Sentence[]) =>
    sentences.map((given) => `- ${sentence(given)}`).join('\n');
  const rows = whatThisMeans(index, partTitles).map(({ title, sentences, wins, changes }) =>
    [
      `### ${title}`,
      bullets(sentences),
      `**Where each wins**\n\n${bullets(wins)}`,
      `**What would change it**\n\n${bullets(changes)}`,
    ].join('\n\n'),
  );
  return ['## What this means', ...rows].join('\n\n');
}

/** Renders the report as Markdown, without charts and detail tables. */
export function reportMarkdown(data: ReportData, against?: Against): string {
  const index = new FigureIndex(data);
  const { run, machine, targets } = data;
  const rows = atAGlance(index);
  return `${[
    '# Triptych: comparison',
    [
      `Run ${run.id}, ${run.mode}${run.interrupted ? ', interrupted' : ''}, commit ${run.commit}, seed ${run.seed}.`,
      `${machine.cpu}, ${machine.cores} cores; ${machine.os}; Node ${machine.node}.`,
      'Each value is followed by its spread and its number of samples (n). [data.json](data.json) has every figure with its origin; [index.html](index.html) has the charts.',
    ].join('\n'),
    targets.map(({ name, label, baseUrl }) => `- **${name}**: ${label}, ${baseUrl}`).join('\n'),
    ...(rows.length > 0
      ? [
          `## At a glance\n\n${figureMarkdown({ title: 'Key figures', detail: false, rows }, targets)}`,
        ]
      : []),
    ...tenParts.map((layout, at) => part(layout, index, `${at + 1} · ${layout.title}`)),
    meaning(index),
    part(shootOuts, index, shootOuts.title),
    ...(against
      ? [`## Against an older run\n\n\`\`\`text\n${againstLines(against).join('\n')}\n\`\`\``]
      : []),
  ].join('\n\n')}\n`;
}
