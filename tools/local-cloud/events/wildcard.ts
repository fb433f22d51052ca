import { invalidPattern } from './pattern-error.ts';

/**
 * EventBridge rejects patterns by a measure of complexity that is not documented. It rejects
 * `*:*:*:*:*:event-bus/*`, which has six.
 */
const MAX_WILDCARDS = 5;

/**
 * Compiles a wildcard pattern. `*` matches any text, `\*` a star and `\\` a backslash.
 * @throws AwsError InvalidEventPatternException for another escape, two stars in a row, or more
 * than five stars
 */
export function wildcardMatcher(operand: unknown): (value: string) => boolean {
  if (typeof operand !== 'string') {
    throw invalidPattern('wildcard match pattern must be a string');
  }
  const [first = '', ...others] = literalsOf(operand);
  const last = others.pop();
  if (last === undefined) return (value) => value === first;
  return (value) => {
    if (!value.startsWith(first)) return false;
    let position = first.length;
    for (const literal of others) {
      const found = value.indexOf(literal, position);
      if (found < 0) return false;
      position = found + literal.length;
    }
    return value.length - last.length >= position && value.endsWith(last);
  };
}

/** The texts between the wildcards. Positions in messages count the opening quote, as on AWS. */
function literalsOf(pattern: string): string[] {
  const literals = [''];
  const append = (character: string) => literals.push(`${literals.pop()}${character}`);
  for (let index = 0; index < pattern.length; index += 1) {
    const [character = '', next] = [pattern[index], pattern[index + 1]];
    if (character === '*') {
      if (next === '*') throw invalidPattern(`Consecutive wildcard characters at pos ${index + 1}`);
      literals.push('');
    } else if (character === '\\') {
      if (next !== '*' && next !== '\\') {
        throw invalidPattern(`Invalid escape character at pos ${index + 1}`);
      }
      append(next);
      index += 1;
    } else {
      append(character);
    }
  }
  if (literals.length - 1 > MAX_WILDCARDS) {
    throw invalidPattern(
      `Rule is too complex - the local cloud does not support more than ${MAX_WILDCARDS} wildcard characters`,
    );
  }
  return literals;
}
