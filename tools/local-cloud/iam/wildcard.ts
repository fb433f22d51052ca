/**
 * Compiles a pattern in which `*` matches any text and `?` one character. The match is
 * case-sensitive and covers the whole text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  if (!hasWildcard(pattern)) return (text) => text === pattern;
  const wanted = [...pattern];
  return (text) => matches(wanted, [...text]);
}

/**
 * Compares characters. A mismatch resumes behind the last star only, so the time is bounded by the
 * product of both lengths; a regular expression would try every combination of stars.
 */
function matches(pattern: readonly string[], text: readonly string[]): boolean {
  let next = 0;
  let star = -1;
  let resumeAt = 0;
  for (let at = 0; at < text.length; ) {
    const wanted = pattern[next];
    if (wanted === '*') {
      star = next;
      resumeAt = at;
      next += 1;
    } else if (wanted === '?' || wanted === text[at]) {
      next += 1;
      at += 1;
    } else if (star >= 0) {
      resumeAt += 1;
      at = resumeAt;
      next = star + 1;
    } else return false;
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** Characters with a meaning in a regular expression. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;
const ANY: Readonly<Record<string, string>> = { '*': '.*', '?': '.' };
const ANY_IN_SEGMENT: Readonly<Record<string, string>> = { '*': '[^:]*', '?': '[^:]' };

/** An ARN has six parts. The last one, the resource, may contain colons. */
const ARN_PARTS = 6;

/**
 * Compiles an ARN of a `Resource` element. A wildcard matches within its part of the ARN. A star at
 * the end of a part also matches the rest of the ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileResource(pattern: string): (arn: string) => boolean {
  if (!hasWildcard(pattern)) return (arn) => arn === pattern;
  const parts = partsOf(pattern).map((part, index) => {
    const any = index === ARN_PARTS - 1 ? ANY : ANY_IN_SEGMENT;
    const open = part.endsWith('*');
    const text = open ? part.slice(0, -1) : part;
    return text.replaceAll(SPECIAL, (one) => any[one] ?? `\\${one}`) + (open ? '.*' : '');
  });
  const expression = wholeText(parts.join(':'));
  return (arn) => expression.test(arn);
}

/**
 * Compiles an ARN of the condition operators `ArnEquals` and `ArnLike`, which behave identically:
 * each of the six parts is compared on its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function compileArnCondition(pattern: string): (arn: string) => boolean {
  const tests = partsOf(pattern).map(compileWildcard);
  return (arn) => {
    const parts = partsOf(arn);
    return parts.length === tests.length && tests.every((test, index) => test(parts[index] ?? ''));
  };
}

/** The parts of an ARN. A text that is not an ARN has fewer than six. */
export function partsOf(arn: string): string[] {
  const [a, b, c, d, e, ...resource] = arn.split(':');
  const head = [a, b, c, d, e].filter((part) => part !== undefined);
  return resource.length === 0 ? head : [...head, resource.join(':')];
}

/** Characters are code points, and a dot also matches a line break. */
function wholeText(expression: string): RegExp {
  return new RegExp(`^${expression}$`, 'su');
}
