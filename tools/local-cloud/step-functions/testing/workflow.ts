import type { Kernel, Services } from '../../kernel.ts';
import type { Actor } from '../../permissions/types.ts';
import type { SavedChange, SavedEntry, SavedState } from '../../persist/index.ts';
import { testKernel } from '../../testing/test-kernel.ts';
import { Executions } from '../executions.ts';
import type { Machine } from '../machine.ts';
import { parseDefinition } from '../parse-definition.ts';

/** A function of the workflow. Its error is the function's error. */
export type TestFunction = (event: unknown) => unknown;

/** Step Functions with functions that run in this process. */
export interface Workflow {
  readonly kernel: Kernel;
  readonly executions: Executions;
  /** Adds a machine. Returns its ARN. */
  add(definition: object, name?: string): string;
}

/** An error of a function with its type. */
export class FunctionError extends Error {
  constructor(name: string, message = '') {
    super(message);
    this.name = name;
  }
}

/** @param may decides whether the role of the machines may do something. By default everything */
export function workflow(
  functions: Readonly<Record<string, TestFunction>> = {},
  saved?: SavedState,
  may?: Actor['require'],
): Workflow {
  const base = testKernel();
  const kernel: Kernel = { ...base, ...(saved && { saved }) };
  const lambda: Pick<Services['lambda'], 'invoke'> = {
    async invoke(reference, payload) {
      const run = functions[reference.replace(/^.*:/, '')];
      if (!run) throw new Error(`There is no function ${reference}`);
      try {
        const result = await run(JSON.parse(payload.toString()));
        return { payload: Buffer.from(JSON.stringify(result ?? null)), cold: false };
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        const answer = { errorType, errorMessage };
        const body = Buffer.from(JSON.stringify(answer));
        return { payload: body, functionError: 'Unhandled', cold: false };
      }
    },
  };
  Object.assign(kernel.services, { lambda });
  const executions = new Executions(kernel);
  return {
    kernel,
    executions,
    add(definition, name = 'test') {
      const text = JSON.stringify({ QueryLanguage: 'JSONata', ...definition });
      const machine: Machine = {
        ...{ name, text, stack: 'stack', logicalId: 'Machine', createdAt: 0 },
        arn: kernel.arn('states', `stateMachine:${name}`),
        roleArn: 'arn:aws:iam::000000000000:role/machine',
        actor: { ...kernel.permissions.anonymous, ...(may && { require: may }) },
        definition: parseDefinition(text),
      };
      executions.addMachine(machine);
      executions.resume(machine);
      return machine.arn;
    },
  };
}

/** A task that invokes a function. */
export function task(name: string, more: object = {}): object {
  const Arguments = { FunctionName: name, Payload: '{% $states.input %}' };
  return { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments, ...more };
}

/** A task whose function receives `{ token }`. */
export function tokenTask(name: string, more: object = {}): object {
  const Payload = { token: '{% $states.context.Task.Token %}' };
  const Resource = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
  return { ...task(name), Resource, Arguments: { FunctionName: name, Payload }, ...more };
}

/** State that survives in memory, as if it were in a folder. Values pass through JSON. */
export function memoryState(): SavedState & { changes: number } {
  const areas = new Map<string, Map<string, string>>();
  const state = {
    changes: 0,
    entries: (area: string): SavedEntry[] =>
      [...(areas.get(area) ?? [])].map(([key, text]) => {
        return { key, value: JSON.parse(text) as unknown, bytes: Buffer.alloc(0) };
      }),
    write(changes: readonly SavedChange[]) {
      state.changes += 1;
      for (const { area, key, value } of changes) {
        const entries = areas.get(area) ?? new Map<string, string>();
        areas.set(area, entries);
        if (value === undefined) entries.delete(key);
        else entries.set(key, JSON.stringify(value));
      }
    },
    close: () => {},
  };
  return state;
}
