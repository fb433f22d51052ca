import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withResourceTables } from './resource-table.ts';

it('RESOURCES.md lists exactly the calls of the services and the properties of the providers', async () => {
  const text = await readFile(join(import.meta.dirname, 'RESOURCES.md'), 'utf8');
  expect(text, 'run `node tools/local-cloud/write-resource-table.ts`').toBe(
    withResourceTables(text),
  );
});
