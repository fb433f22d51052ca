import type { ContextName, Variant } from '@triptych/context-map';
import { read } from './repository-files.ts';

/** How serverless runs what its roots share: section 4 of a root has a file in each of these folders. */
export type HttpRoots = 'event-functions' | 'web-functions';

/** The text of a composition root. @param folder below `apps` */
export const rootSource = (folder: string, service: string): string =>
  read(`apps/${folder}/${service}.ts`);

/** A root as one text. Of serverless, as if the four sections were in one file. */
export function wholeRoot(app: Variant, service: ContextName, http: HttpRoots = 'event-functions') {
  if (app !== 'serverless') return rootSource(app, service);
  const shared = rootSource(app, service).replaceAll(/^export const/gm, 'const');
  const run = rootSource(`${app}/${http}`, service);
  return `${shared}\n${run.replace(/^import .* from '\.\.\/.*\n/m, '')}`;
}

/** The lines of a text that are not blank. */
export const linesOf = (text: string): string[] =>
  text.split('\n').filter((line) => line.trim() !== '');

/** The number of lines that are in only one of the two sources. */
export function differing(a: string, b: string): number {
  const [left, right] = [linesOf(a), linesOf(b)];
  return (
    left.filter((line) => !right.includes(line)).length +
    right.filter((line) => !left.includes(line)).length
  );
}
