import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { runNode } from '@triptych/build/run-node';
import { seedShop } from '@triptych/seed';
import { createAdminIn } from '@triptych/shop/admin/create-admin';
import { titleOf } from '@triptych/shop/deploy/owned-stacks';
import type { DeployedStack, Deployment } from '@triptych/shop/deploy/ports';
import { ShopClient } from '@triptych/shop/order/shop-client';

const DEFAULT_EMAIL = 'admin@triptych.example';
/** Functions of a new account run few at a time, and pictures need three of them. */
const SEED_AT_ONCE = 4;
const SMOKE_TIMEOUT_MS = 15 * 60_000;

export interface FirstAdmin {
  readonly email: string;
  readonly password: string;
  /** The password was made by this command, so it must be shown. */
  readonly generated: boolean;
}

/**
 * The first admin: address and password from the environment, else a new password if there is a terminal to show it on.
 * @returns undefined without a password and without a terminal
 */
export function chooseAdmin(
  env: Readonly<Record<string, string | undefined>>,
  terminal: boolean,
): FirstAdmin | undefined {
  const email = env.TRIPTYCH_ADMIN_EMAIL || DEFAULT_EMAIL;
  const password = env.TRIPTYCH_ADMIN_PASSWORD;
  if (password) return { email, password, generated: false };
  return terminal
    ? { email, password: randomBytes(18).toString('base64url'), generated: true }
    : undefined;
}

/** Creates the admin in the auth table of a deployment. @throws UserError when the stacks have no such table */
export async function createFirstAdmin(
  owner: Deployment,
  stacks: readonly DeployedStack[],
  { email, password }: FirstAdmin,
): Promise<void> {
  const table = stacks.map(({ outputs }) => outputs.AuthTableName).find(Boolean);
  if (!table)
    throw new UserError(`${titleOf(owner)} has no output AuthTableName: deploy it again.`);
  await createAdminIn({}, { table, email, password });
}

/** Seeds a shop through its public API. @returns one line about what was seeded */
export async function seed(baseUrl: string, admin: FirstAdmin): Promise<string> {
  const client = new ShopClient(baseUrl);
  const { email, password } = admin;
  const { accessToken } = await client.post<{ accessToken: string }>('/auth/login', {
    email,
    password,
  });
  const { created, skipped } = await seedShop({
    baseUrl,
    adminToken: accessToken,
    atOnce: SEED_AT_ONCE,
  });
  return `${created} products with pictures${skipped ? `, ${skipped} were there` : ''}`;
}

/** Runs the smoke checks of the conformance suite. Without an admin, the checks that need one are reported as not run. */
export async function smoke(baseUrl: string, admin: FirstAdmin | undefined): Promise<boolean> {
  const program = join(repositoryRoot, 'tests/run/conform.ts');
  return runNode([program, '--target', baseUrl, '--smoke'], {
    cwd: repositoryRoot,
    timeoutMs: SMOKE_TIMEOUT_MS,
    env: admin
      ? { TRIPTYCH_ADMIN_EMAIL: admin.email, TRIPTYCH_ADMIN_PASSWORD: admin.password }
      : {},
  });
}
