/** Whether If-None-Match lists the tag, compared weakly, or is `*` (RFC 9110, section 13.1.2). */
export function matchesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  const listed = ifNoneMatch.split(',').map(opaque);
  return listed.includes('*') || listed.includes(opaque(tag));
}
