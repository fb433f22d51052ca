import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { publishedSchema } from './published-schema.ts';

test('docs/comparison-data.schema.json is what `npm run comparison-schema` writes', () => {
  const file = new URL('../../../docs/comparison-data.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(publishedSchema());
});
