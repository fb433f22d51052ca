import { vi } from 'vitest';
import type { Execution } from '../execution.ts';
import { FunctionError, type TestFunction, workflow } from './workflow.ts';

/** A state that passes its input on and ends the execution. */
export const PASS = { Type: 'Pass', End: true };

/** A function that fails with an error of this type. */
export const failing = (name: string) => () => {
  throw new FunctionError(name, 'no');
};

/** The output of an execution, or how it failed. */
export const resultOf = ({ record: { status, output, error, cause } }: Execution) =>
  status === 'SUCCEEDED' ? JSON.parse(output ?? '') : { status, error, cause };

/** The types of its events. */
export const typesOf = ({ record }: Execution) => record.events.map(({ type }) => type);

interface Options {
  readonly input?: unknown;
  readonly functions?: Readonly<Record<string, TestFunction>>;
  readonly TimeoutSeconds?: number;
}

/** Runs one execution with fake timers, and lets an hour pass. */
export async function runStates(
  states: Record<string, object>,
  { input = {}, functions = {}, ...more }: Options = {},
) {
  const flow = workflow(functions);
  const [StartAt] = Object.keys(states);
  const arn = flow.add({ StartAt, States: states, ...more });
  const execution = flow.executions.start(arn, JSON.stringify(input), 'x');
  await vi.advanceTimersByTimeAsync(3_600_000);
  return { execution, flow, arn };
}
