import type { Kernel, ResourceProvider } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import { webFunctionProviders } from './providers.ts';
import { WebFunctions } from './web-functions.ts';

/** Lambda Web Functions: listening servers as processes, behind endpoints of their own. */
export interface LocalWebFunctions {
  readonly providers: readonly ResourceProvider[];
  /** Kills every environment of a function, by its name or ARN. Returns their number. */
  kill(reference: string): number;
  /** Makes the functions of a stack start new environments from their current artifacts. */
  restart(stack: string): void;
  processes(): RunningProcess[];
  stop(): Promise<void>;
}

/** Creates the web functions of the local cloud. */
export function createWebFunctions(kernel: Kernel): LocalWebFunctions {
  const functions = new WebFunctions(kernel);
  return {
    providers: webFunctionProviders(functions),
    kill: (reference) => functions.kill(reference),
    restart: (stack) => functions.restart(stack),
    processes: () => functions.processes(),
    stop: () => functions.stop(),
  };
}
