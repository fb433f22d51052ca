import { UserError } from '@triptych/base/user-error';
import type { Target } from '../data/index.ts';

/** A shop that a run can start: a variant, and for serverless how it serves HTTP. */
export type LocalKind = Pick<Target, 'name' | 'variant' | 'http'>;

/** The shops that a run starts, in the order of the report's columns. */
export const LOCAL_KINDS: readonly LocalKind[] = [
  { name: 'microservices', variant: 'microservices' },
  { name: 'serverless', variant: 'serverless' },
  { name: 'serverless-web', variant: 'serverless', http: 'web-functions' },
  { name: 'hybrid', variant: 'hybrid' },
];

/**
 * Parses `--only a,b`. Without it, a full run starts everything, and a quick one leaves out serverless with Web Functions, for
 * which three minutes are too short.
 * @throws UserError for an unknown name
 */
export function parseKinds(text: string | undefined, mode: 'quick' | 'full'): LocalKind[] {
  if (text === undefined) {
    return LOCAL_KINDS.filter(({ http }) => mode === 'full' || http === undefined);
  }
  const wanted = text.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !LOCAL_KINDS.some((kind) => kind.name === name));
  if (unknown !== undefined) {
    const names = LOCAL_KINDS.map(({ name }) => name).join(', ');
    throw new UserError(`--only takes names of ${names}, not "${unknown}".`);
  }
  return LOCAL_KINDS.filter(({ name }) => wanted.includes(name));
}
