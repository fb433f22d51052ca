import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { CONTEXT_NAMES } from '@triptych/context-map';

const services: readonly string[] = [...CONTEXT_NAMES, 'provider', 'state', 'front', 'release'];

/** @throws UserError for a word that names no stack */
export function checkService(service: string | undefined): void {
  if (service !== undefined && !services.includes(service)) {
    throw new UserError(`--service takes one of ${services.join(', ')}, not "${service}".`);
  }
}

/** The stacks of a variant, or of one of its services: each can be released alone. @throws UserError */
export function stackPattern(variant: Variant, service?: string): string {
  checkService(service);
  return `triptych-${variant}-${service ?? '*'}`;
}

/**
 * Runs `cdk deploy` on what was just packaged; its output is the user's. Any change of rights is asked for.
 * @param dist folder of the packaged artifacts
 * @throws UserError when it fails
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
  if (code !== 0) throw new UserError(`cdk deploy ended with code ${code}: its output says why.`);
}
