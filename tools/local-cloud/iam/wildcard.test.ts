import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileArnCondition, compileResource, compileWildcard } from './wildcard.ts';

/** Matches character by character, in the most obvious way. */
function naiveMatch(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*')
    return text.some((_, at) => naiveMatch(rest, text.slice(at))) || naiveMatch(rest, []);
  return (first === '?' || first === text[0]) && text.length > 0 && naiveMatch(rest, text.slice(1));
}

const CHARACTERS = ['a', 'b', ':', '/', '.', '\\', '$', '^', '[', '-', '\n', '😀'];
const aText = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 7 });
const aPattern = fc.array(fc.constantFrom(...CHARACTERS, '*', '?', '*', '?'), { maxLength: 7 });

describe('a wildcard', () => {
  it('matches what a naive matcher matches', () => {
    const property = fc.property(aPattern, aText, (pattern, text) => {
      expect(compileWildcard(pattern.join(''))(text.join(''))).toBe(naiveMatch(pattern, text));
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('matches every text that replaces stars by texts and question marks by characters', () => {
    const property = fc.property(aPattern, aText, (pattern, filling) => {
      const text = pattern
        .map((one) => (one === '*' ? filling.join('') : one === '?' ? 'b' : one))
        .join('');
      expect(compileWildcard(pattern.join(''))(text)).toBe(true);
    });
    fc.assert(property);
  });

  it('matches a long text quickly', () => {
    const matches = compileWildcard('*a*a*a*b');
    expect(matches('a'.repeat(200))).toBe(false);
  });
});

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';

describe('a resource', () => {
  // The objects are the examples of the page about the element Resource.
  it.each([
    [QUEUE, QUEUE, true],
    [QUEUE, `${QUEUE}-dead`, false],
    [QUEUE, QUEUE.toUpperCase(), false],
    ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1/test/object.jpg', true],
    ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1/2/test/3/object.jpg', true],
    ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1///test///object.jpg', true],
    ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket//test/object.jpg', true],
    ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1/test/', true],
    ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1-test/object.jpg', false],
    ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/test/object.jpg', false],
    ['arn:aws:s3:::bucket*', 'arn:aws:s3:::bucket-two/key', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
    ['arn:aws:s3:::bucket/ab?', 'arn:aws:s3:::bucket/abc', true],
    ['arn:aws:s3:::bucket/ab?', 'arn:aws:s3:::bucket/ab', false],
    // A star at the end of a part goes on behind the colon. In the middle it does not.
    ['arn:aws:sqs:*', QUEUE, true],
    ['arn:aws:sqs:us-*:orders', QUEUE, true],
    ['arn:aws:sqs:*-1:111122223333:orders', QUEUE, true],
    ['arn:aws:sqs:us*1:orders', QUEUE, false],
    ['arn:aws:sqs:us-east-?:111122223333:orders', QUEUE, true],
    ['arn:aws:sqs:us-east-1?111122223333:orders', QUEUE, false],
    // Colons inside the last part are like any other character.
    ['arn:aws:logs:us-east-1:1:log-group:a*z', 'arn:aws:logs:us-east-1:1:log-group:a:b:z', true],
    [
      'arn:aws:logs:us-east-1:1:log-group:app:*',
      'arn:aws:logs:us-east-1:1:log-group:app:log-stream:1',
      true,
    ],
    [
      'arn:aws:logs:us-east-1:1:log-group:app',
      'arn:aws:logs:us-east-1:1:log-group:app:log-stream:1',
      false,
    ],
  ])('%s on %s: %s', (pattern, arn, expected) => {
    expect(compileResource(pattern)(arn)).toBe(expected);
  });
});

describe('the ARN of a condition', () => {
  it.each([
    [QUEUE, QUEUE, true],
    ['arn:aws:sqs:*:*:orders', QUEUE, true],
    ['arn:aws:sqs:us-*-1:111122223333:ord?rs', QUEUE, true],
    [
      'arn:aws:execute-api:us-east-1:1:api/*/*/auth/{proxy+}',
      'arn:aws:execute-api:us-east-1:1:api/live/GET/auth/{proxy+}',
      true,
    ],
    [
      'arn:aws:execute-api:us-east-1:1:api/*/*/auth/{proxy+}',
      'arn:aws:execute-api:us-east-1:1:api/auth/{proxy+}',
      false,
    ],
    // No star reaches into the next part, even at the end of one.
    ['arn:aws:sqs:us-*:*:*:orders', QUEUE, false],
    ['arn:aws:sqs:*:orders:*:*', QUEUE, false],
    ['arn:aws:s3:::bucket', 'bucket', false],
  ])('%s on %s: %s', (pattern, arn, expected) => {
    expect(compileArnCondition(pattern)(arn)).toBe(expected);
  });
});
