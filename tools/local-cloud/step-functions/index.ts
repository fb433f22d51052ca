import { jsonService } from '../endpoint/index.ts';
import type { Kernel, ResourceProvider, WireService } from '../kernel.ts';
import { Executions } from './executions.ts';
import { STATES_MEMBERS } from './members.ts';
import { statesOperations } from './operations.ts';
import { stateMachineProvider } from './provider.ts';

export { stateMachineOf } from './executions.ts';

/** Step Functions: Standard workflows in JSONata, whose tasks invoke functions. */
export interface StepFunctions {
  readonly wire: WireService;
  readonly providers: readonly ResourceProvider[];
}

/** Creates Step Functions. Tasks find their functions through `kernel.services.lambda`. */
export function createStepFunctions(kernel: Kernel): StepFunctions {
  const executions = new Executions(kernel);
  return {
    wire: jsonService('states', '1.0', statesOperations(executions), STATES_MEMBERS),
    providers: [stateMachineProvider(executions)],
  };
}
