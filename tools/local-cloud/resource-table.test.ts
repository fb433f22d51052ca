import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createComputeServices } from './compute-services.ts';
import { createKernel } from './create-kernel.ts';
import { createRegistry } from './create-registry.ts';
import { createDataServices } from './data-services.ts';
import { resourceTable, withResourceTable } from './resource-table.ts';

it('RESOURCES.md lists exactly the resource types and properties of the providers', async () => {
  const { kernel } = createKernel({ root: '/' });
  const data = createDataServices(kernel);
  const table = resourceTable(createRegistry(data, createComputeServices(kernel)));
  data.stop();
  const text = await readFile(join(import.meta.dirname, 'RESOURCES.md'), 'utf8');
  expect(text, 'run `node tools/local-cloud/write-resource-table.ts`').toBe(
    withResourceTable(text, table),
  );
});
