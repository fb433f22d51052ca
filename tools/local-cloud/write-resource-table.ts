/**
 * Updates the table of resource types in RESOURCES.md: `node
 * tools/local-cloud/write-resource-table.ts`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createComputeServices } from './compute-services.ts';
import { createKernel } from './create-kernel.ts';
import { createRegistry } from './create-registry.ts';
import { createDataServices } from './data-services.ts';
import { resourceTable, withResourceTable } from './resource-table.ts';

const { kernel } = createKernel({ root: process.cwd() });
const data = createDataServices(kernel);
const table = resourceTable(createRegistry(data, createComputeServices(kernel)));
data.stop();
const file = join(import.meta.dirname, 'RESOURCES.md');
await writeFile(file, withResourceTable(await readFile(file, 'utf8'), table));
