import { subParts } from './sub.ts';

/** The value of AWS::NoValue. It removes the property or list element that contains it. */
export const NO_VALUE: unique symbol = Symbol('AWS::NoValue');

/** The names a template can refer to. Each lookup throws an Error that names a missing one. */
export interface Scope {
  /** Returns the value of a parameter, pseudo parameter or resource. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  findInMap(map: string, first: string, second: string): unknown;
  importValue(name: string): unknown;
  availabilityZones(region: string): string[];
}

type Intrinsic = (operand: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (operand, scope) => (operand === 'AWS::NoValue' ? NO_VALUE : scope.ref(String(operand))),
  Condition: (operand, scope) => scope.condition(String(operand)),
  'Fn::GetAtt': (operand, scope) => {
    const [id, ...attribute] = Array.isArray(operand) ? operand : String(operand).split('.');
    return scope.getAtt(
      String(id),
      attribute.map((part) => String(resolve(part, scope))).join('.'),
    );
  },
  'Fn::Join': (operand, scope) => {
    const [separator, values] = list(operand, scope);
    return array(values, 'Fn::Join').map(text).join(String(separator));
  },
  'Fn::Sub': (operand, scope) => {
    const [template, values = {}] = Array.isArray(operand) ? operand : [operand];
    return subParts(String(template))
      .map((part) =>
        part.name === undefined ? part.text : text(substitute(part.name, values, scope)),
      )
      .join('');
  },
  'Fn::Select': (operand, scope) => {
    const [index, values] = list(operand, scope);
    const chosen = array(values, 'Fn::Select')[Number(index)];
    if (chosen !== undefined) return chosen;
    throw new Error(`Fn::Select: there is no element ${index} in ${JSON.stringify(values)}`);
  },
  'Fn::Split': (operand, scope) => {
    const [separator, value] = list(operand, scope);
    return text(value).split(String(separator));
  },
  'Fn::GetAZs': (operand, scope) => {
    const region = resolve(operand, scope);
    return scope.availabilityZones(
      region === '' ? String(scope.ref('AWS::Region')) : String(region),
    );
  },
  'Fn::ImportValue': (operand, scope) => scope.importValue(String(resolve(operand, scope))),
  'Fn::Base64': (operand, scope) => Buffer.from(text(resolve(operand, scope))).toString('base64'),
  'Fn::FindInMap': (operand, scope) => {
    const [map, first, second] = list(operand, scope).map(String);
    return scope.findInMap(map ?? '', first ?? '', second ?? '');
  },
  'Fn::If': (operand, scope) => {
    // Resolve only the selected branch. The other can refer to a resource that is not created.
    const [condition, then, otherwise] = array(operand, 'Fn::If');
    return resolve(scope.condition(String(condition)) ? then : otherwise, scope);
  },
  'Fn::Equals': (operand, scope) => {
    const [left, right] = list(operand, scope);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::Not': (operand, scope) => !list(operand, scope)[0],
  'Fn::And': (operand, scope) => list(operand, scope).every(Boolean),
  'Fn::Or': (operand, scope) => list(operand, scope).some(Boolean),
};

/**
 * Replaces all intrinsic functions in a part of a template with their values.
 * @throws Error for an unsupported function or an unknown name
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => resolve(one, scope)).filter((one) => one !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0 && isIntrinsic(name, value)) {
    return apply(name, (value as Record<string, unknown>)[name], scope);
  }
  const resolved = Object.entries(value).map(([key, one]) => [key, resolve(one, scope)] as const);
  return Object.fromEntries(resolved.filter(([, one]) => one !== NO_VALUE));
}

function apply(name: string, operand: unknown, scope: Scope): unknown {
  const intrinsic = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
  if (intrinsic) return intrinsic(operand, scope);
  throw new Error(
    `${name} is not supported; the local cloud supports ${Object.keys(INTRINSICS).join(', ')}`,
  );
}

/** `Condition` is an ordinary key in IAM statements. There its value is an object. */
function isIntrinsic(name: string, value: object): boolean {
  if (name === 'Condition') return typeof Reflect.get(value, name) === 'string';
  return name === 'Ref' || name.startsWith('Fn::');
}

function substitute(name: string, values: unknown, scope: Scope): unknown {
  if (typeof values === 'object' && values !== null && Object.hasOwn(values, name)) {
    return resolve(Reflect.get(values, name), scope);
  }
  return apply(name.includes('.') ? 'Fn::GetAtt' : 'Ref', name, scope);
}

function list(operand: unknown, scope: Scope): unknown[] {
  return array(resolve(operand, scope), 'An intrinsic function');
}

function array(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${what} needs a list instead of ${JSON.stringify(value)}`);
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`Expected a string instead of ${JSON.stringify(value)}`);
}
