import { expect, test } from 'vitest';
import { richText } from './rich-text.ts';

test.each([
  ['run `npm test -- <name>`', 'run <code>npm test -- &lt;name&gt;</code>'],
  [
    'at most 6 MB (docs.aws.amazon.com/lambda/limits.html), not more',
    'at most 6 MB (<a href="https://docs.aws.amazon.com/lambda/limits.html">docs.aws.amazon.com</a>), not more',
  ],
  ['a ratio (1.5/2) and a path (libs/x)', 'a ratio (1.5/2) and a path (libs/x)'],
  ['<b> & "c"', '&lt;b&gt; &amp; &quot;c&quot;'],
])('%s', (text, html) => {
  expect(richText(text)).toBe(html);
});
