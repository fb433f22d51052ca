import type { ReportData } from '../../data/index.ts';
import { againstLines } from '../against-lines.ts';
import { FigureIndex } from '../figure-index.ts';
import { rounded, shownValue } from '../format-figure.ts';
import { atAGlance } from '../glance.ts';
import { type Sentence, whatThisMeans } from '../meaning/index.ts';
import {
  columnsOf,
  furtherParts,
  isEmpty,
  type PartSection,
  partSection,
  partTitles,
  stateWords,
  tenParts,
} from '../part-sections.ts';
import type { PartLayout } from '../parts/index.ts';
import type { ReportExtras } from '../report-extras.ts';
import { sampleNote } from '../sample-label.ts';
import { verdictOf } from '../verdict/index.ts';
import { factsMarkdown, figureMarkdown, missingMarkdown } from './markdown-table.ts';

function sentence({ words }: Sentence): string {
  return words
    .map((word) => {
      if (typeof word === 'string') return word;
      if ('figure' in word) {
        const { figure } = word;
        return shownValue(word.rounded ? { ...figure, value: rounded(figure.value) } : figure);
      }
      return 'name' in word ? word.name : word.target;
    })
    .join('');
}

function part(layout: PartLayout, index: FigureIndex, heading: string): string {
  const view = columnsOf(layout, index);
  const section = partSection(layout, view);
  const { missing } = section;
  const state = stateWords[section.state];
  const { sample } = index;
  return [
    `## ${heading}${state === '' ? '' : ` (${state})`}`,
    layout.asks,
    ...contents(section, view),
    ...(missing.length > 0 ? [missingMarkdown(missing)] : []),
    ...(isEmpty(section) && sample ? sampleOf(layout, sample) : []),
  ].join('\n\n');
}

function contents({ tables, facts }: PartSection, { targets }: FigureIndex): string[] {
  return [
    ...tables.filter(({ detail }) => !detail).map((table) => figureMarkdown(table, targets)),
    ...(facts.length > 0 ? [factsMarkdown(facts, targets)] : []),
  ];
}

function sampleOf(layout: PartLayout, sample: FigureIndex): string[] {
  const view = columnsOf(layout, sample);
  const section = partSection(layout, view);
  if (isEmpty(section)) return [];
  return [`**Sample.** ${sampleNote(sample.data)}`, ...contents(section, view)];
}

const bullets = (sentences: readonly Sentence[]) =>
  sentences.map((given) => `- ${sentence(given)}`).join('\n');

function verdict(index: FigureIndex): string {
  const { sentences, sample } = verdictOf(index);
  return [
    '## Which one should we choose?',
    ...(sample ? [sentence(sample)] : []),
    bullets(sentences),
  ].join('\n\n');
}

function meaning(index: FigureIndex): string {
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
export function reportMarkdown(data: ReportData, { against, sample }: ReportExtras = {}): string {
  const index = new FigureIndex(data, sample);
  const { run, machine, targets } = data;
  const rows = atAGlance(index);
  return `${[
    '# Triptych: comparison',
    verdict(index),
    '## Run',
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
    ...furtherParts.map((layout) => part(layout, index, layout.title)),
    ...(against
      ? [`## Against an older run\n\n\`\`\`text\n${againstLines(against).join('\n')}\n\`\`\``]
      : []),
  ].join('\n\n')}\n`;
}
