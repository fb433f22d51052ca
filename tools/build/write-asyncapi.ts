/** Writes docs/asyncapi.json from the schemas of libs/events: `npm run asyncapi`. */
import { asyncApiDocument } from '@triptych/events/asyncapi';
import { writeFormattedJson } from './write-formatted.ts';

writeFormattedJson('docs/asyncapi.json', asyncApiDocument());
