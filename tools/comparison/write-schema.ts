/** Writes docs/comparison-data.schema.json, which a report's data.json follows. */
import { writeFileSync } from 'node:fs';
import { publishedSchema } from '../libs/comparison/data/index.ts';

const file = new URL('../docs/comparison-data.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(publishedSchema(), null, 2)}\n`);
