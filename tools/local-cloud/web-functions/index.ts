import type { Kernel, ResourceProvider, Services, WireService } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import { NOT_DOCUMENTED, type WebFunctionAssumptions } from './not-documented.ts';
import { webFunctionProviders } from './providers.ts';
import { WebFunctions } from './web-functions.ts';
import { webFunctionWire } from './wire.ts';

export { NOT_DOCUMENTED, NOT_DOCUMENTED_LABEL } from './not-documented.ts';

/** Lambda Web Functions: HTTP servers as processes, with many requests each, behind endpoints. */
export interface LocalWebFunctions {
  readonly wire: WireService;
  readonly kill: Services['webFunctions']['kill'];
  readonly providers: ResourceProvider[];
  /** Gives the functions of a stack a new revision with the current artifact. In-flight requests finish first. */
  restart(stack: string): void;
  processes(): RunningProcess[];
  /** Lets requests finish within `graceMs`, 0 by default, then ends every environment. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Creates Lambda Web Functions.
 * @param changed assumptions about what AWS does not document, instead of the usual ones
 */
export function createWebFunctions(
  kernel: Kernel,
  changed: Partial<WebFunctionAssumptions> = {},
): LocalWebFunctions {
  const functions = new WebFunctions(kernel, { ...NOT_DOCUMENTED, ...changed });
  return {
    wire: webFunctionWire(functions, kernel),
    kill: (reference) => functions.kill(reference),
    providers: webFunctionProviders(functions),
    restart: (stack) => functions.restart(stack),
    processes: () => functions.processes(),
    stop: (graceMs = 0) => functions.stop(graceMs),
  };
}
