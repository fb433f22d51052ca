import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { CONTEXT_NAMES } from '@triptych/context-map';

const OTHER_PARTS = ['provider', 'state', 'front', 'operations', 'release'];
const SERVICES: readonly string[] = [...CONTEXT_NAMES, ...OTHER_PARTS];

/** @throws UserError when `service` does not name a stack */
export function checkService(service: string | undefined): void {
  if (service !== undefined && !SERVICES.includes(service)) {
    throw new UserError(`--service takes one of ${SERVICES.join(', ')}, not "${service}".`);
  }
}

/** The CDK pattern for all stacks of a variant, or for one service's stack. @throws UserError for an unknown service */
export function stackPattern(variant: Variant, service?: string): string {
  checkService(service);
  return `triptych-${variant}-${service ?? '*'}`;
}

/**
 * Runs `cdk deploy` on packaged artifacts and shows its output. CDK asks the user to approve every change of permissions.
 * @param dist the folder of the packaged artifacts
 * @throws UserError when the deployment fails
 */
export async function cdkDeploy(
  root: string,
  variant: Variant,
  pattern: string,
  dist: string,
): Promise<void> {
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  const args = [cdk, 'deploy', pattern, '--app', `${process.execPath} infra/app.ts`];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TRIPTYCH_VARIANTS: variant, TRIPTYCH_DIST: dist },
  });
  const code = await exitCode(child);
  if (code !== 0) throw new UserError(`cdk deploy failed with code ${code}: see its output above.`);
}
