import type { ChoiceState, State, TaskState, Transition } from './definition.ts';
import { evaluate, type Scope } from './expression.ts';
import { StateError } from './state-error.ts';

/** How an execution leaves a state. */
export interface Departure {
  /** The next state. Undefined ends the execution. */
  readonly next: string | undefined;
  readonly output: unknown;
  /** The variables that change. */
  readonly assigned?: Readonly<Record<string, unknown>>;
}

/** What a state needs from its execution. */
export interface Run {
  /** `$states` with the given members besides `input` and `context`, and the variables. */
  scope(states?: Readonly<Record<string, unknown>>): Scope;
  /** Waits for some seconds, also across a restart of the local cloud. */
  pause(seconds: number): Promise<void>;
  /** Performs one attempt of a task. @throws StateError */
  attempt(state: TaskState): Promise<unknown>;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_DATA_BYTES = 262_144;

/**
 * Performs a state once, without `Retry` and `Catch`.
 * @throws StateError, EvaluationError
 */
export async function performState(run: Run, state: State): Promise<Departure> {
  const { input } = run.scope().states;
  switch (state.Type) {
    case 'Task': {
      const result = limited(await run.attempt(state));
      return depart(state, run.scope({ result }), result);
    }
    case 'Choice':
      return choose(run, state);
    case 'Wait': {
      const seconds = await evaluate(state.Seconds, run.scope(), 'Seconds');
      await run.pause(wholeSeconds(seconds, 'Seconds', 0));
      return depart(state, run.scope(), input);
    }
    case 'Pass':
      return depart(state, run.scope(), input);
    case 'Succeed':
      return depart(state, run.scope(), input);
    case 'Fail': {
      const error = await evaluate(state.Error ?? '', run.scope(), 'Error');
      const cause = await evaluate(state.Cause ?? '', run.scope(), 'Cause');
      throw new StateError(String(error), String(cause));
    }
  }
}

/** Leaves a state by a transition. `Assign` and `Output` both see the variables as they were. */
export async function depart(
  { Next, Assign, Output }: Transition,
  scope: Scope,
  byDefault: unknown,
): Promise<Departure> {
  const output = Output === undefined ? byDefault : await evaluate(Output, scope, 'Output');
  limited(output);
  if (Assign === undefined) return { next: Next, output };
  const assigned = await evaluate(Assign, scope, 'Assign');
  return { next: Next, output, assigned: limited(assigned) as Record<string, unknown> };
}

async function choose(run: Run, state: ChoiceState): Promise<Departure> {
  const scope = run.scope();
  for (const [index, rule] of state.Choices.entries()) {
    const field = `Choices[${index}]/Condition`;
    const answer = await evaluate(rule.Condition, scope, field);
    if (typeof answer !== 'boolean') {
      const cause = `The expression of '${field}' returned ${JSON.stringify(answer)} instead of a boolean.`;
      throw new StateError('States.QueryEvaluationError', cause);
    }
    if (answer) return depart(rule, scope, scope.states.input);
  }
  const { Default, ...rest } = state;
  if (Default !== undefined) {
    return depart({ ...rest, Next: Default }, scope, scope.states.input);
  }
  throw new StateError('States.NoChoiceMatched', 'No choice matched, and there is no default.');
}

/** Seconds that an expression returned. @throws StateError States.QueryEvaluationError */
export function wholeSeconds(value: unknown, field: string, least = 1): number {
  if (Number.isInteger(value) && Number(value) >= least) return Number(value);
  const cause = `'${field}' must be a whole number of at least ${least}, but it is ${JSON.stringify(value)}.`;
  throw new StateError('States.QueryEvaluationError', cause);
}

/** Returns the value. @throws StateError States.DataLimitExceeded */
export function limited(value: unknown): unknown {
  if (Buffer.byteLength(JSON.stringify(value)) <= MAX_DATA_BYTES) return value;
  const cause = `The state's data has more than ${MAX_DATA_BYTES} bytes.`;
  throw new StateError('States.DataLimitExceeded', cause);
}
