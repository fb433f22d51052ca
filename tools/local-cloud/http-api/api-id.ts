import { createHash } from 'node:crypto';
import type { ResourceContext } from '../kernel.ts';

/** Returns an id of ten characters, as on AWS. It is the same at every start. */
export function apiId({ stack, logicalId }: ResourceContext): string {
  const hash = createHash('sha256').update(`${stack}/${logicalId}`).digest();
  return (hash.readBigUInt64BE() % 36n ** 10n).toString(36).padStart(10, '0');
}
