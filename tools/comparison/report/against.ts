import type { Figure, ReportData } from '../data/index.ts';
import { intervalsOverlap, isTiming, singleTimingRatio } from './overlap.ts';
import { ReportDataError } from './read-report-data.ts';

export interface Change {
  readonly older: Figure;
  readonly newer: Figure;
  /** New value by old one; Infinity where the old one is 0. */
  readonly ratio: number;
}

/** What became of an older run's figures. */
export interface Against {
  readonly older: ReportData['run'];
  readonly newer: ReportData['run'];
  /** How much the machine itself differs between the runs, by the noise control; at least 1. */
  readonly noise: number;
  /** Slower, dearer, larger, … than it was, the worst first. */
  readonly worse: readonly Change[];
  readonly better: readonly Change[];
  /** Compared, and not told apart from what it was. */
  readonly same: number;
  /** Ids that the older run has and this one lacks. */
  readonly gone: readonly string[];
  readonly warnings: readonly string[];
}

const noiseControl = 'latency/all/noise/p50';

/** Without a noise control in both runs only the intervals decide. */
function noiseBetween(newer: ReportData, older: ReportData): number {
  const of = (data: ReportData) => data.figures.find(({ id }) => id === noiseControl)?.value;
  const [now, before] = [of(newer), of(older)];
  return now && before ? Math.max(now / before, before / now) : 1;
}

/** Whether two runs differ in a figure by more than chance and the machine explain. */
function differs(change: Change, noise: number): boolean {
  const { older, newer, ratio } = change;
  const counted = older.spread.kind === 'exact' && newer.spread.kind === 'exact';
  const factor = Math.max(ratio, 1 / ratio);
  const timed = isTiming(newer);
  if (counted) return timed ? factor > Math.max(noise, singleTimingRatio) : ratio !== 1;
  return !intervalsOverlap(older, newer) && (!timed || factor > noise);
}

function ratioOf(newer: number, older: number): number {
  if (newer === older) return 1;
  return older === 0 ? Number.POSITIVE_INFINITY : newer / older;
}

function machineWarnings(newer: ReportData, older: ReportData): string[] {
  const of = ({ machine }: ReportData) =>
    `${machine.cpu}, ${machine.cores} cores, ${Math.round(machine.memoryMiB / 1024)} GiB`;
  const warnings: string[] = [];
  if (of(newer) !== of(older)) {
    warnings.push(`Another machine: ${of(newer)} now, ${of(older)} then; times do not compare.`);
  }
  if (newer.run.mode !== older.run.mode) {
    warnings.push(`Another mode: ${newer.run.mode} now, ${older.run.mode} then.`);
  }
  return warnings;
}

/**
 * What became slower, dearer or larger since an older run, beyond the noise: the intervals do not overlap, and a
 * time changed by more than the noise control did. Only figures that say which way is better are judged.
 * @throws {ReportDataError} when the versions of the data differ
 */
export function compareRuns(newer: ReportData, older: ReportData): Against {
  if (newer.version !== older.version) {
    throw new ReportDataError(
      `Run ${older.run.id} has data of version ${older.version}, this one of ${newer.version}: they do not compare.`,
    );
  }
  const now = new Map(newer.figures.map((figure) => [figure.id, figure]));
  const noise = noiseBetween(newer, older);
  const judged = older.figures.filter(({ better, id }) => better && id !== noiseControl);
  const changes = judged.flatMap((before): Change[] => {
    const figure = now.get(before.id);
    if (!figure || figure.unit !== before.unit) return [];
    return [{ older: before, newer: figure, ratio: ratioOf(figure.value, before.value) }];
  });
  const changed = changes.filter((change) => differs(change, noise));
  const size = ({ ratio }: Change) => Math.max(ratio, 1 / ratio);
  const sorted = changed.toSorted((a, b) => size(b) - size(a));
  const isWorse = ({ older: { better }, ratio }: Change) => ratio > 1 === (better === 'lower');
  return {
    older: older.run,
    newer: newer.run,
    noise,
    worse: sorted.filter(isWorse),
    better: sorted.filter((change) => !isWorse(change)),
    same: changes.length - changed.length,
    gone: judged.flatMap(({ id }) => (now.has(id) ? [] : [id])),
    warnings: machineWarnings(newer, older),
  };
}
