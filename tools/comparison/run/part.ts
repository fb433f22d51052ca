import type { Shop } from '@triptych/shop/start/shop';
import type { Figure, Findings, PartId, Target } from '../data/index.ts';

/** A variant that this run started in its own local cloud. */
export interface LocalShop {
  readonly shop: Shop;
  /** Ends every sandbox of the variant, so that the next request is cold. */
  makeCold(): Promise<void>;
}

/** A target with the credentials and handles that the measurements need. */
export interface ComparedTarget extends Target {
  readonly admin: { readonly email: string; readonly password: string };
  /** Absent if the operator gave none. Then only the payment provider can confirm an order. */
  readonly webhookSecret?: string;
  readonly local?: LocalShop;
}

/** The input of a measurement. */
export interface PartContext {
  readonly targets: readonly ComparedTarget[];
  readonly mode: 'quick' | 'full';
  /** Seed of the random order and the bootstrap. */
  readonly seed: number;
  /** The part adapts its number of samples to this time, returns what it measured and lists what is missing. */
  readonly budgetMs: number;
  /** The part is aborted after this time. Work that does not adapt to the budget may take this long. */
  readonly limitMs: number;
  /** Aborts on Ctrl-C or a time-out: end soon and return the results so far. */
  readonly signal: AbortSignal;
  /** Folder with the synthesized templates of all variants, with the task counts used on AWS. */
  readonly assembly: string;
  /** Folder with the templates of serverless with Web Functions, if a target has them. */
  readonly webAssembly?: string | undefined;
  /** Folder of the built artifacts. */
  readonly artifacts: string;
  /** Figures of the parts measured before this one. */
  readonly soFar: readonly Figure[];
  progress(done: number, total: number, what: string): void;
}

/** Measures one part of the report. */
export type MeasurePart = (context: PartContext) => Promise<Findings>;

/** A part of the report with its measurement and its time budget. */
export interface ComparePart {
  readonly id: PartId;
  readonly measure: MeasurePart;
  /** The seconds in which the part measures everything on an idle machine. */
  readonly budget: { readonly quick: number; readonly full: number };
  /** Every run measures the part, however slow the machine is. */
  readonly essential?: true;
}
