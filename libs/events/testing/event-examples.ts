import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EventName } from '../registry.ts';

/** Valid data, and data that a consumer must reject, by event. */
export type EventExamples = Partial<Record<EventName, { good: object[]; bad: object[] }>>;

/** Reads `examples/`: each of its files exports `examples` for the events of one file of schemas. */
export async function readExamples(): Promise<EventExamples> {
  const folder = join(import.meta.dirname, 'examples');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(files.map((file) => import(join(folder, file))));
  return Object.assign({}, ...modules.map(({ examples }) => examples));
}
