import type { Fact, Figure, Missing, PartId, ReportData, Series, Target } from '../data/index.ts';

/** A figure's key below its part and target: `place-order/warm/p95`. */
export function figureKey(figure: Pick<Figure, 'id'>): string {
  return figure.id.split('/').slice(2).join('/');
}

/** Looks up a run's figures, series and facts by part, target and key. */
export class FigureIndex {
  readonly data: ReportData;
  readonly #byId: Map<string, Figure>;

  constructor(data: ReportData) {
    this.data = data;
    this.#byId = new Map(data.figures.map((figure) => [figure.id, figure]));
  }

  get targets(): readonly Target[] {
    return this.data.targets;
  }

  find(part: PartId, target: string, what: string): Figure | undefined {
    return this.#byId.get(`${part}/${target}/${what}`);
  }

  /** One figure per target, in the order of the targets; targets without the figure are left out. */
  perTarget(part: PartId, what: string): Figure[] {
    return this.targets.flatMap(({ name }) => this.find(part, name, what) ?? []);
  }

  ofPart(part: PartId): Figure[] {
    return this.data.figures.filter((figure) => figure.part === part);
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
