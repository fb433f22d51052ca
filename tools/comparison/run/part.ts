import type { Shop } from '@triptych/shop/start/shop';
import type { Figure, Findings, PartId, Target } from '../data/index.ts';

/** A variant that this run started in a local cloud of its own. */
export interface LocalShop {
  readonly shop: Shop;
  /** Ends every sandbox of the variant, so that the next request is cold. */
  makeCold(): Promise<void>;
}

/** A target with what is needed to work at it. */
export interface ComparedTarget extends Target {
  readonly admin: { readonly email: string; readonly password: string };
  /** Left out where the operator gave none: then nobody but the provider can confirm an order. */
  readonly webhookSecret?: string;
  readonly local?: LocalShop;
}

/** What the measurement of a part is given. */
export interface PartContext {
  readonly targets: readonly ComparedTarget[];
  readonly mode: 'quick' | 'full';
  /** Of the random order and the bootstrap. */
  readonly seed: number;
  /** A part ends by itself within it, gives what it has, and says what it has not. */
  readonly budgetMs: number;
  /** Ctrl-C: end soon and return what there is. */
  readonly signal: AbortSignal;
  /** Folder of the synthesized templates of all variants, with the number of tasks that AWS would get. */
  readonly assembly: string;
  /** Folder of the built artifacts. */
  readonly artifacts: string;
  /** Figures of the parts before this one. */
  readonly soFar: readonly Figure[];
  progress(done: number, total: number, what: string): void;
}

export type MeasurePart = (context: PartContext) => Promise<Findings>;

/** A part of the report: how it is measured, and how long that may take. */
export interface ComparePart {
  readonly id: PartId;
  readonly measure: MeasurePart;
  /** Seconds that the part may take. */
  readonly budget: { readonly quick: number; readonly full: number };
}
