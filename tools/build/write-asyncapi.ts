/** `npm run asyncapi`: writes docs/asyncapi.json from the schemas of libs/events. */
import { asyncApiDocument } from '@triptych/events/asyncapi';
import { writeFormattedJson } from './write-formatted.ts';

writeFormattedJson('docs/asyncapi.json', asyncApiDocument());
