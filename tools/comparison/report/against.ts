import type { Figure, ReportData } from '../data/index.ts';
import { isNoiseControl, type NoiseDoubt, noiseBeside, noiseDoubt } from './noise-control.ts';
import { ReportDataError } from './read-report-data.ts';
import { hasFewSamples, intervalsOverlap, isTiming } from './row-verdict.ts';

export interface Change {
  readonly older: Figure;
  readonly newer: Figure;
  /** New value divided by old value; Infinity if the old value is 0. */
  readonly ratio: number;
}

/** The difference between an older run and a newer one. */
export interface Against {
  readonly older: ReportData['run'];
  readonly newer: ReportData['run'];
  /** Factor by which the noise control differs between the runs; at least 1. */
  readonly noise: number;
  /** Figures that became slower, more expensive or larger, largest change first. */
  readonly worse: readonly Change[];
  readonly better: readonly Change[];
  /** Number of figures without a clear change. */
  readonly same: number;
  /** Ids that only the older run has. */
  readonly gone: readonly string[];
  readonly warnings: readonly string[];
}

/** Returns 1 if a run has no noise control; then its times are not compared. */
function noiseBetween(newer: ReportData, older: ReportData): number {
  const [now, before] = [noiseBeside(newer.figures)?.p50, noiseBeside(older.figures)?.p50];
  return now && before ? Math.max(now / before, before / now) : 1;
}

/** Whether a figure changed by more than sampling error and machine noise explain. */
function differs(change: Change, noise: number, now: ReportData, before: ReportData): boolean {
  const { older, newer, ratio } = change;
  if (hasFewSamples(older) || hasFewSamples(newer)) return false;
  if (intervalsOverlap(older, newer)) return false;
  if (!isTiming(newer)) return true;
  const beside = ({ figures }: ReportData) => noiseBeside(figures, newer.target);
  if (noiseDoubt(newer, beside(now), beside(before))) return false;
  return Math.max(ratio, 1 / ratio) > noise;
}

const NOISE_WARNINGS: Readonly<Record<NoiseDoubt, string>> = {
  unmeasured: 'One of the runs has no noise control.',
  busy: 'The machine was busy with other work in one of the runs.',
  uneven: 'The noise of the machine differs between the runs.',
};

/** Warns if the noise controls of the runs rule out a comparison of times. */
function noiseWarnings(newer: ReportData, older: ReportData): string[] {
  const first = newer.figures.find(isTiming);
  if (!first) return [];
  const doubt = noiseDoubt(first, noiseBeside(newer.figures), noiseBeside(older.figures));
  return doubt ? [`${NOISE_WARNINGS[doubt]} Times are not compared.`] : [];
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
    warnings.push(
      `Different machine: ${of(newer)} now, ${of(older)} before. Times are not comparable.`,
    );
  }
  if (newer.run.mode !== older.run.mode) {
    warnings.push(`Different mode: ${newer.run.mode} now, ${older.run.mode} before.`);
  }
  return warnings;
}

/**
 * Compares two runs. A figure changed if it has enough samples, its intervals do not overlap and, for a time, if it changed by
 * more than the noise control did. Only figures with a `better` direction are compared.
 * @throws {ReportDataError} if the data versions differ
 */
export function compareRuns(newer: ReportData, older: ReportData): Against {
  if (newer.version !== older.version) {
    throw new ReportDataError(
      `Run ${older.run.id} has data version ${older.version} and this run has version ${newer.version}: they are not comparable.`,
    );
  }
  const now = new Map(newer.figures.map((figure) => [figure.id, figure]));
  const noise = noiseBetween(newer, older);
  const judged = older.figures.filter((figure) => figure.better && !isNoiseControl(figure));
  const changes = judged.flatMap((before): Change[] => {
    const figure = now.get(before.id);
    if (!figure || figure.unit !== before.unit) return [];
    return [{ older: before, newer: figure, ratio: ratioOf(figure.value, before.value) }];
  });
  const changed = changes.filter((change) => differs(change, noise, newer, older));
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
    warnings: [...machineWarnings(newer, older), ...noiseWarnings(newer, older)],
  };
}
