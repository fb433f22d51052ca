import type { Kernel, ResourceProvider, Services, WireService } from '../kernel.ts';
import { asyncInvocations } from './async-invocations.ts';
import { Functions, type RunningProcess } from './functions.ts';
import { lambdaProviders } from './providers.ts';
import { lambdaWire } from './wire.ts';

export type { RunningProcess } from './functions.ts';

/** AWS Lambda: functions as processes that speak the Runtime API, their event sources and URLs. */
export interface LocalLambda {
  readonly wire: WireService;
  readonly invoke: Services['lambda']['invoke'];
  readonly kill: Services['lambda']['kill'];
  readonly providers: ResourceProvider[];
  /** Makes the functions of a stack reload their artifacts. In-flight invocations finish first. */
  restart(stack: string): void;
  processes(): RunningProcess[];
  /** Lets in-flight invocations finish within `graceMs`, then ends every sandbox. */
  stop(graceMs: number): Promise<void>;
}

/** Creates the Lambda service of the local cloud. */
export function createLambda(kernel: Kernel): LocalLambda {
  const functions = new Functions(kernel);
  const background = asyncInvocations(kernel);
  return {
    wire: lambdaWire(functions, background),
    invoke: (reference, payload) => functions.invoke(reference, payload),
    kill: (reference) => functions.kill(reference),
    providers: lambdaProviders(functions),
    restart: (stack) => functions.restart(stack),
    processes: () => functions.processes(),
    stop: async (graceMs) => {
      background.stop();
      await functions.stop(graceMs);
    },
  };
}
