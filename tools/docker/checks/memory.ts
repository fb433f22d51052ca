import { freemem } from 'node:os';

const gibibyte = 1024 ** 3;

/** Bytes that all three variants take while they are seeded, the functions' containers among them, and one alone (docs/docker.md). */
export const neededBytes = { all: 3.5 * gibibyte, one: 2.5 * gibibyte };

/** Nothing of ours may be this near its end: the engine kills a container without a word. */
export interface Memory {
  /** What containers can have altogether: of the machine, or of Docker Desktop's. */
  readonly total: number;
  /** What nobody uses at the moment; undefined where the engine's machine is not this one. */
  readonly free?: number;
}

/** One line when containers cannot have what `variants` of the shop need. */
export function memoryFault({ total }: Memory, variants: number): string | undefined {
  const needed = variants === 1 ? neededBytes.one : neededBytes.all;
  if (total >= needed) return undefined;
  const less = variants === 1 ? '' : ', start one variant alone (--only hybrid)';
  return `Docker has ${inGib(total)} of memory, and this needs ${inGib(needed)}: give it more (Docker Desktop: Settings, Resources)${less}, or use \`npm start\`.`;
}

/** One line when there is enough in principle, but others use it now. */
export function memoryWarning({ free }: Memory, variants: number): string | undefined {
  const needed = variants === 1 ? neededBytes.one : neededBytes.all;
  if (free === undefined || free >= needed) return undefined;
  return `${inGib(free)} of memory is free, and this takes up to ${inGib(needed)}: close something if containers die`;
}

/** What this machine has free, where the engine runs on it and not in a machine of its own. */
export function freeHere(total: number, machineTotal: number): number | undefined {
  return Math.abs(total - machineTotal) < 0.02 * machineTotal ? freemem() : undefined;
}

const inGib = (bytes: number) => `${(bytes / gibibyte).toFixed(1)} GB`;
