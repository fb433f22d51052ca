import { VARIANTS } from '@triptych/context-map';
import type { Fact, Figure, Missing, PartId, ReportData, Series, Target } from '../data/index.ts';
import { judgeRow, type RowVerdict } from './row-verdict.ts';

/** A figure's key below its part and target: `place-order/warm/p95`. */
export function figureKey(figure: Pick<Figure, 'id'>): string {
  return figure.id.split('/').slice(2).join('/');
}

/** Whether two targets run the same way, whatever their names. */
export function isSameKind(a: Target, b: Target): boolean {
  return a.variant === b.variant && a.http === b.http;
}

/** Where a shown figure comes from: the run, or the sample report that stands in for it. */
export type Source = 'run' | 'sample';

/** Looks up a run's figures, series and facts by part, target and key. */
export class FigureIndex {
  readonly data: ReportData;
  /** The sample report, shown and labelled where the run measured nothing. */
  readonly sample?: FigureIndex;
  readonly source: Source;
  readonly #byId: Map<string, Figure>;

  constructor(data: ReportData, sample?: ReportData, source: Source = 'run') {
    this.data = data;
    this.source = source;
    if (sample) this.sample = new FigureIndex(sample, undefined, 'sample');
    this.#byId = new Map(data.figures.map((figure) => [figure.id, figure]));
  }

  get targets(): readonly Target[] {
    return this.data.targets;
  }

  /** The index with other columns than the targets of the run, in the hues of the variants. */
  withColumns(names: readonly string[]): FigureIndex {
    const targets = names.map((name, at): Target => {
      const variant = VARIANTS[at % VARIANTS.length] ?? VARIANTS[0];
      return { name, variant, kind: 'local', baseUrl: '', label: '' };
    });
    return new FigureIndex({ ...this.data, targets }, undefined, this.source);
  }

  find(part: PartId, target: string, what: string): Figure | undefined {
    return this.#byId.get(`${part}/${target}/${what}`);
  }

  /** One figure per target, in the order of the targets; targets without the figure are left out. */
  perTarget(part: PartId, what: string): Figure[] {
    return this.targets.flatMap(({ name }) => this.find(part, name, what) ?? []);
  }

  /** The sample's figure of a local target, for one that the run lacks. A remote target is not comparable with the sample. */
  standIn(part: PartId, target: Target, what: string): Figure | undefined {
    const { kind, name } = target;
    if (kind === 'remote' || this.find(part, name, what)) return undefined;
    const other = this.sample?.targets.find((one) => isSameKind(one, target));
    return other && this.sample?.find(part, other.name, what);
  }

  ofPart(part: PartId): Figure[] {
    return this.data.figures.filter((figure) => figure.part === part);
  }

  /** Compares the same figure of several targets by the run's noise control. */
  judge(figures: readonly Figure[]): RowVerdict {
    return judgeRow(figures, this.data.figures);
  }

  seriesOf(part: PartId): Series[] {
    return this.data.series.filter((series) => series.part === part);
  }

  factsOf(part: PartId): Fact[] {
    return this.data.facts.filter((fact) => fact.part === part);
  }

  missingOf(part: PartId): Missing[] {
    return this.data.missing.filter((missing) => missing.part === part);
  }
}
