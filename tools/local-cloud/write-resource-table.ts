/** Updates the tables in RESOURCES.md: `node tools/local-cloud/write-resource-table.ts`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withResourceTables } from './resource-table.ts';

const file = join(import.meta.dirname, 'RESOURCES.md');
await writeFile(file, withResourceTables(await readFile(file, 'utf8')));
