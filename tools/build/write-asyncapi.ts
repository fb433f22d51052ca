/** Writes docs/asyncapi.json from the events' own schemas. */
import { writeFileSync } from 'node:fs';
import { asyncApiDocument } from '@triptych/events/asyncapi';

const file = new URL('../docs/asyncapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(asyncApiDocument(), null, 2)}\n`);
