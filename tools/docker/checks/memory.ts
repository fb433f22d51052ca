import { freemem } from 'node:os';

const GIBIBYTE = 1024 ** 3;

/** Memory in bytes for all three variants and for one, functions included, during seeding (docs/docker.md). */
export const NEEDED_BYTES = { all: 3.5 * GIBIBYTE, one: 2.5 * GIBIBYTE };

/** Docker's memory in bytes. When it runs out, the kernel kills a container, and the container's log shows no reason. */
export interface Memory {
  /** The memory of the machine, or of Docker Desktop's virtual machine. */
  readonly total: number;
  /** The free memory; undefined if the engine runs on another machine. */
  readonly free?: number;
}

/** A message if Docker has less memory than this number of variants needs. */
export function memoryFault({ total }: Memory, variants: number): string | undefined {
  const needed = variants === 1 ? NEEDED_BYTES.one : NEEDED_BYTES.all;
  if (total >= needed) return undefined;
  const less = variants === 1 ? '' : ', start one variant only (--only hybrid)';
  return `Docker has ${inGib(total)} of memory, but ${inGib(needed)} is needed: give it more (Docker Desktop: Settings, Resources)${less}, or use \`npm start\`.`;
}

/** A warning if Docker has enough memory, but other programs use it. */
export function memoryWarning({ free }: Memory, variants: number): string | undefined {
  const needed = variants === 1 ? NEEDED_BYTES.one : NEEDED_BYTES.all;
  if (free === undefined || free >= needed) return undefined;
  return `${inGib(free)} of memory is free, but up to ${inGib(needed)} is needed: close other programs if containers are killed`;
}

/** The free memory of this machine; undefined if the engine runs in a virtual machine. */
export function freeHere(total: number, machineTotal: number): number | undefined {
  return Math.abs(total - machineTotal) < 0.02 * machineTotal ? freemem() : undefined;
}

const inGib = (bytes: number) => `${(bytes / GIBIBYTE).toFixed(1)} GB`;
