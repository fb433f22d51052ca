import jsonata from 'jsonata';
import { isObject } from '../is-object.ts';
import { STEP_FUNCTIONS_BUILT_INS } from './built-ins.ts';

const EXPRESSION = /^\{%([\s\S]*)%\}$/;
/** Texts, quoted names and comments of JSONata. */
const LITERAL = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\/\*[\s\S]*?\*\//g;
/** Operators that JSONata 2.1 added. Step Functions implements 2.0.6. */
const NEWER_OPERATOR = /\?\?|\?:/;

/** The expression in `{% … %}`. Undefined for any other value. */
export function expressionIn(value: unknown): string | undefined {
  return typeof value === 'string' ? EXPRESSION.exec(value)?.[1] : undefined;
}

/** Compiled expressions. They come from definitions only, so their number is bounded. */
const compiled = new Map<string, jsonata.Expression>();

/**
 * Compiles an expression of JSONata 2.0.6, without `$eval`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 * @throws Error for a syntax error, or for what Step Functions does not support
 */
export function compile(text: string): jsonata.Expression {
  const known = compiled.get(text);
  if (known) return known;
  const expression = jsonata(text);
  const code = text.replace(LITERAL, '');
  const newer = NEWER_OPERATOR.exec(code)?.[0];
  if (newer) throw new Error(`Step Functions has no operator ${newer}`);
  if (/\$eval\b/.test(code)) throw new Error('Step Functions has no function $eval');
  compiled.set(text, expression);
  return expression;
}

/** What an expression can read: `$states`, and the variables of the execution. */
export interface Scope {
  readonly states: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An expression failed, or returned nothing. */
export class EvaluationError extends Error {
  /** The field of the state, e.g. `Arguments/Payload`. */
  readonly location: string;

  constructor(location: string, message: string) {
    super(message);
    this.location = location;
  }
}

/**
 * Replaces the expressions in a JSON value by their results.
 * @param location the name of the field
 * @throws EvaluationError
 */
export async function evaluate(
  template: unknown,
  scope: Scope,
  location: string,
): Promise<unknown> {
  const expression = expressionIn(template);
  if (expression !== undefined) return resultOf(expression, scope, location);
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) {
    const parts = template.map((part, at) => evaluate(part, scope, `${location}[${at}]`));
    return Promise.all(parts);
  }
  const entries = Object.entries(template).map(async ([name, part]) => {
    return [name, await evaluate(part, scope, `${location}/${name}`)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function resultOf(text: string, scope: Scope, location: string): Promise<unknown> {
  const what = `The JSONata expression '${text.trim()}' specified for the field '${location}'`;
  const bindings = { ...STEP_FUNCTIONS_BUILT_INS, ...scope.variables, states: scope.states };
  let result: unknown;
  try {
    result = await compile(text).evaluate(undefined, bindings);
  } catch (error) {
    const { message } = error as Error;
    throw new EvaluationError(location, `${what} threw an error: ${message}`);
  }
  // Arrays of JSONata have properties of their own.
  const json = isFunction(result) ? undefined : JSON.stringify(result);
  if (json === undefined) {
    throw new EvaluationError(location, `${what} returned nothing (undefined).`);
  }
  return JSON.parse(json);
}

/** Whether a result is a function of JSONata, which has no JSON. */
function isFunction(value: unknown): boolean {
  return isObject(value) && ('_jsonata_function' in value || '_jsonata_lambda' in value);
}
