import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { conformanceSettings } from '@triptych/shop/control/conformance-settings';
import type { GivenTarget } from './options.ts';
import type { ComparedTarget } from './part.ts';

const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Checks that a shop answers and that its admin can log in. Settings come from the environment
 * (`TRIPTYCH_<NAME>_ADMIN_EMAIL`, or without the name) or from a shop that runs on this machine.
 * @throws UserError if either check fails
 */
export async function reachTarget(
  given: GivenTarget,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ComparedTarget> {
  const { name, baseUrl } = given;
  await ask(given, '/auth/health/live');
  const running = await conformanceSettings(repositoryRoot, baseUrl);
  const setting = (what: string) => {
    const own = `TRIPTYCH_${name.toUpperCase().replaceAll('-', '_')}_${what}`;
    return environment[own] ?? environment[`TRIPTYCH_${what}`] ?? running[`TRIPTYCH_${what}`];
  };
  const [email, password] = [setting('ADMIN_EMAIL'), setting('ADMIN_PASSWORD')];
  if (!email || !password) {
    throw new UserError(
      `${name} has no admin credentials: set TRIPTYCH_ADMIN_EMAIL and TRIPTYCH_ADMIN_PASSWORD (npm run admin creates an admin).`,
    );
  }
  const logIn = await ask(given, '/auth/login', { email, password });
  if (logIn.status !== 200) {
    throw new UserError(`${name} rejects the log-in of ${email} with ${logIn.status}.`);
  }
  const webhookSecret = setting('WEBHOOK_SECRET');
  return {
    ...given,
    kind: 'remote',
    admin: { email, password },
    ...(webhookSecret ? { webhookSecret } : {}),
  };
}

async function ask(
  { name, baseUrl }: GivenTarget,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(baseUrl + path, {
    ...(body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
    signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS),
  }).catch((error: Error) => {
    const cause = (error.cause as Error | undefined)?.message ?? error.message;
    throw new UserError(`Nothing answers at ${baseUrl} (${name}): ${cause}.`);
  });
}
