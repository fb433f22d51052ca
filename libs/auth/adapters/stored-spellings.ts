import { domainToUnicode } from 'node:url';
import type { Email } from '../core/index.ts';

/**
 * The spellings under which an account with this address may be stored, in the order in which to
 * look for it. An address in ASCII has only one. New accounts are always stored under the canonical
 * spelling; the others belong to accounts that are older than this rule.
 */
export function storedSpellings({ canonical, former }: Email): readonly [string, ...string[]] {
  const at = canonical.lastIndexOf('@') + 1;
  const domain = canonical.slice(at);
  const readable = domain.includes('xn--') ? domainToUnicode(domain) || domain : domain;
  return [...new Set([former, canonical, canonical.slice(0, at) + readable])] as [string];
}
