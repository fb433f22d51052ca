import { rejectUndeclared } from '../endpoint/index.ts';
import { isObject } from '../is-object.ts';
import { AwsError } from '../kernel.ts';
import {
  type Catcher,
  type Definition,
  INVOKE,
  INVOKE_AND_WAIT,
  type Retrier,
  type State,
  type TaskState,
} from './definition.ts';
import { MACHINE_FIELDS, STATE_FIELDS } from './definition-fields.ts';
import { compile, expressionIn } from './expression.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_DEFINITION_BYTES = 1_048_576;

/**
 * Reads the definition of a state machine.
 * @throws AwsError InvalidDefinition that names the state and the field
 */
export function parseDefinition(text: string): Definition {
  if (Buffer.byteLength(text) > MAX_DEFINITION_BYTES) {
    throw invalid(`The definition has more than ${MAX_DEFINITION_BYTES} bytes.`);
  }
  const definition = parseObject(text);
  rejectUndeclared(definition, MACHINE_FIELDS, 'a state machine', invalid);
  const { QueryLanguage, StartAt, States, TimeoutSeconds } = definition;
  if (QueryLanguage !== 'JSONata') {
    throw invalid('The local cloud does not support a QueryLanguage other than JSONata.');
  }
  if (!isObject(States)) throw invalid('States must be an object.');
  checkSeconds(TimeoutSeconds, 'TimeoutSeconds of the state machine');
  const names = new Set(Object.keys(States));
  checkTarget(StartAt, names, 'StartAt');
  for (const [name, state] of Object.entries(States)) checkState(name, state, names);
  return definition as unknown as Definition;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Rejected below, like JSON that is not an object.
  }
  throw invalid('The definition is not a JSON object.');
}

function checkState(name: string, value: unknown, names: ReadonlySet<string>): void {
  const where = `the state ${name}`;
  if (name.length > 80) throw invalid(`The name of ${where} has more than 80 characters.`);
  if (!isObject(value)) throw invalid(`${where} must be an object.`);
  const type = String(value.Type);
  const fields = Object.hasOwn(STATE_FIELDS, type) ? STATE_FIELDS[type as State['Type']] : null;
  if (!fields) throw invalid(`The local cloud does not support the type ${type} of ${where}.`);
  rejectUndeclared(value, fields, where, invalid);
  if ((value.QueryLanguage ?? 'JSONata') !== 'JSONata') {
    throw invalid(`The local cloud does not support JSONPath in ${where}.`);
  }
  const state = value as unknown as State;
  checkExpressions(state, where);
  if ('End' in fields) checkEnding(value, names, where);
  if (state.Type === 'Task') checkTask(state, names, where);
  if (state.Type === 'Choice') {
    if (!Array.isArray(state.Choices) || state.Choices.length === 0) {
      throw invalid(`${where} needs Choices.`);
    }
    for (const rule of state.Choices) {
      if (rule.Condition === undefined) throw invalid(`A choice of ${where} needs a Condition.`);
      checkTarget(rule.Next, names, `a choice of ${where}`);
    }
    if (state.Default !== undefined) checkTarget(state.Default, names, `Default of ${where}`);
  }
  if (state.Type === 'Wait') checkSeconds(state.Seconds, `Seconds of ${where}`, 0);
}

function checkTask(state: TaskState, names: ReadonlySet<string>, where: string): void {
  if (state.Resource !== INVOKE && state.Resource !== INVOKE_AND_WAIT) {
    const supported = `${INVOKE} and ${INVOKE_AND_WAIT}`;
    throw invalid(
      `The local cloud does not support the Resource ${state.Resource} of ${where}, only ${supported}.`,
    );
  }
  const { TimeoutSeconds, HeartbeatSeconds } = state;
  checkSeconds(TimeoutSeconds, `TimeoutSeconds of ${where}`);
  checkSeconds(HeartbeatSeconds, `HeartbeatSeconds of ${where}`);
  if (typeof TimeoutSeconds === 'number' && Number(HeartbeatSeconds ?? 0) >= TimeoutSeconds) {
    throw invalid(`HeartbeatSeconds of ${where} must be less than its TimeoutSeconds.`);
  }
  checkErrorNames(state.Retry ?? [], `Retry of ${where}`);
  checkErrorNames(state.Catch ?? [], `Catch of ${where}`);
  for (const retrier of state.Retry ?? []) checkRetrier(retrier, `Retry of ${where}`);
  for (const { Next } of state.Catch ?? []) checkTarget(Next, names, `Catch of ${where}`);
}

/** https://states-language.net/spec.html#errors */
function checkErrorNames(handlers: readonly (Retrier | Catcher)[], where: string): void {
  for (const [index, { ErrorEquals }] of handlers.entries()) {
    if (!Array.isArray(ErrorEquals) || ErrorEquals.length === 0) {
      throw invalid(`${where} needs ErrorEquals.`);
    }
    const isLast = index === handlers.length - 1;
    if (ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || !isLast)) {
      throw invalid(`States.ALL in ${where} must be alone and come last.`);
    }
  }
}

function checkRetrier(retrier: Retrier, where: string): void {
  const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, JitterStrategy } = retrier;
  const { MaxDelaySeconds = IntervalSeconds + 1 } = retrier;
  const isWhole = [IntervalSeconds, MaxAttempts, MaxDelaySeconds].every(Number.isInteger);
  const isInRange = IntervalSeconds >= 1 && MaxAttempts >= 0 && BackoffRate >= 1;
  // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
  const isCapped = MaxDelaySeconds > IntervalSeconds && MaxDelaySeconds < 31_622_400;
  const isJitter = [undefined, 'FULL', 'NONE'].includes(JitterStrategy);
  if (isWhole && isInRange && isCapped && isJitter) return;
  throw invalid(`${where} has a value out of range: ${JSON.stringify(retrier)}`);
}

function checkEnding(state: object, names: ReadonlySet<string>, where: string): void {
  const { Next, End } = state as { Next?: unknown; End?: unknown };
  if ((Next === undefined) === (End === undefined)) {
    throw invalid(`${where} needs either Next or End.`);
  }
  if (Next !== undefined) checkTarget(Next, names, where);
}

function checkTarget(next: unknown, names: ReadonlySet<string>, where: string): void {
  if (typeof next !== 'string' || !names.has(next)) {
    throw invalid(`${where} leads to ${next}, which is not a state.`);
  }
}

/** Seconds as a number, or as an expression that is checked when it is evaluated. */
function checkSeconds(value: unknown, what: string, least = 1): void {
  if (value === undefined || expressionIn(value) !== undefined) return;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= 99_999_999) return;
  throw invalid(`${what} must be a whole number from ${least} to 99999999.`);
}

/** Compiles every expression, so that a syntax error is found at deployment. */
function checkExpressions(value: unknown, where: string): void {
  const expression = expressionIn(value);
  if (expression !== undefined) {
    try {
      compile(expression);
    } catch (error) {
      throw invalid(`${where}: {%${expression}%}: ${(error as Error).message}`);
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) checkExpressions(part, `${where}, ${name}`);
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
function invalid(message: string): AwsError {
  return new AwsError('InvalidDefinition', message);
}
