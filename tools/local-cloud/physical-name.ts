import { createHash } from 'node:crypto';

/**
 * A name for a resource that its template does not name. It has CloudFormation's form,
 * `<stack>-<logical id>-<suffix>`, but is the same in every run, so that logs and tests can be
 * compared.
 */
export function physicalName(stack: string, logicalId: string, maximumLength = 64): string {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12);
  return `${`${stack}-${logicalId}`.slice(0, maximumLength - 13)}-${suffix}`;
}
