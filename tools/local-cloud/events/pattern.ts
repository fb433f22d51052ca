import { isObject } from '../is-object.ts';
import { areConsistent, fieldsOf } from './event-fields.ts';
import { type Matcher, matchExpression } from './match-expression.ts';
import { invalidPattern } from './pattern-error.ts';

/** Whether an event, in the form of its envelope, matches. */
export type EventPattern = (event: unknown) => boolean;

/** The alternatives of each field, by path. All fields must match. */
type Conjunction = ReadonlyMap<string, readonly Matcher[]>;

/** "EventPattern" of PutRule in the EventBridge API Reference. */
const MAX_PATTERN_CHARACTERS = 4096;
/** "Or matching" in the EventBridge User Guide. */
const MAX_OR_COMBINATIONS = 1000;

/** Names that a branch of `$or` must not use as a field, because they could be operators. */
const RESERVED_IN_OR = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard'],
  ...['numeric', 'cidr', '=', '<', '<=', '>', '>=', 'regex', 'not-wildcard'],
  ...['not-equals-ignore-case', 'date-after', 'date-on-or-after', 'date-before'],
  ...['date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
]);

/**
 * Compiles an event pattern. Every field must match one of its alternatives, and `$or` one of its
 * branches. Fields of different elements of one list do not match together. A path that occurs
 * twice has the alternatives of its last occurrence. Rules: "Creating Amazon EventBridge event
 * patterns" in the EventBridge User Guide, and github.com/aws/event-ruler.
 * @throws AwsError InvalidEventPatternException that names the malformed or unsupported part
 */
export function compilePattern(pattern: unknown): EventPattern {
  if (!isObject(pattern)) throw invalidPattern('Filter is not an object');
  if (JSON.stringify(pattern).length > MAX_PATTERN_CHARACTERS) {
    throw invalidPattern(`Pattern is longer than ${MAX_PATTERN_CHARACTERS} characters`);
  }
  const conjunctions = extended([new Map()], pattern, { path: '', insideOr: false });
  const paths = [...new Set(conjunctions.flatMap((one) => [...one.keys()]))];
  return (event) => {
    const fields = fieldsOf(event, paths);
    return conjunctions.some((one) => matchesAll(one, fields));
  };
}

function matchesAll(conjunction: Conjunction, fields: ReturnType<typeof fieldsOf>): boolean {
  const choices = [];
  for (const [path, matchers] of conjunction) {
    const leaves = fields.get(path);
    const passing = leaves?.filter(({ value }) => matchers.some((matches) => matches(value)));
    if (passing ? passing.length === 0 : !matchers.some((matches) => matches(undefined))) {
      return false;
    }
    if (passing) choices.push(passing);
  }
  return areConsistent(choices);
}

interface Place {
  /** The names of the surrounding fields, joined by dots. Empty at the top. */
  readonly path: string;
  readonly insideOr: boolean;
}

/** Adds the fields of an object to every conjunction. `$or` multiplies the conjunctions. */
function extended(
  before: readonly Conjunction[],
  pattern: Readonly<Record<string, unknown>>,
  { path, insideOr }: Place,
): readonly Conjunction[] {
  let conjunctions = before;
  if (Object.keys(pattern).length === 0) throw invalidPattern('Empty objects are not allowed');
  for (const [name, wanted] of Object.entries(pattern)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (name === '$or') {
      conjunctions = branched(conjunctions, wanted, path);
    } else if (insideOr && RESERVED_IN_OR.has(name)) {
      throw invalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    } else if (isObject(wanted)) {
      conjunctions = extended(conjunctions, wanted, { path: at, insideOr });
    } else if (Array.isArray(wanted)) {
      if (wanted.length === 0) throw invalidPattern('Empty arrays are not allowed');
      const matchers = wanted.map(matchExpression);
      conjunctions = conjunctions.map((one) => new Map([...one, [at, matchers]]));
    } else {
      throw invalidPattern(`"${name}" must be an object or an array`);
    }
  }
  return conjunctions;
}

function branched(
  before: readonly Conjunction[],
  branches: unknown,
  path: string,
): readonly Conjunction[] {
  if (!Array.isArray(branches)) throw invalidPattern('It must be an Array followed with $or.');
  const combinations = branches.flatMap((branch: unknown) => {
    if (isObject(branch)) return extended(before, branch, { path, insideOr: true });
    throw invalidPattern('Only JSON object is allowed in array of $or relationship.');
  });
  if (branches.length < 2) {
    throw invalidPattern('There must have at least 2 Objects in $or relationship.');
  }
  if (combinations.length > MAX_OR_COMBINATIONS) {
    throw invalidPattern(`The $or branches have more than ${MAX_OR_COMBINATIONS} combinations`);
  }
  return combinations;
}
