/** Writes docs/comparison-data.schema.json, the schema of a report's data.json: `npm run comparison-schema`. */
import { writeFormattedJson } from '@triptych/build/write-formatted';
import { publishedSchema } from './data/index.ts';

writeFormattedJson('docs/comparison-data.schema.json', publishedSchema());
