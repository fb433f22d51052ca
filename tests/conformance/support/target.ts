/**
 * Everything that a conformance run knows about the deployment that it tests: a base URL, and operator settings from the
 * environment. A check that lacks one of them is reported by name as not run.
 */
export interface Target {
  readonly baseUrl: string;
  readonly admin?: { readonly email: string; readonly password: string };
  readonly webhookSecret?: string;
}

const baseUrl = process.env.TRIPTYCH_TARGET;
if (!baseUrl) {
  throw new Error(
    'Set TRIPTYCH_TARGET, or run `npm run conform -- --target http://127.0.0.1:4001`.',
  );
}
const email = process.env.TRIPTYCH_ADMIN_EMAIL;
const password = process.env.TRIPTYCH_ADMIN_PASSWORD;
const webhookSecret = process.env.TRIPTYCH_WEBHOOK_SECRET;

export const target: Target = {
  baseUrl: baseUrl.replace(/\/$/, ''),
  ...(email && password ? { admin: { email, password } } : {}),
  ...(webhookSecret ? { webhookSecret } : {}),
};

/** Returns a value that a check needs, or reports the check as not run and names the setting. */
export function need<T>(
  context: { skip: (note?: string) => never },
  value: T | undefined,
  setting: string,
): T {
  return value ?? context.skip(`not run: ${setting} is not set`);
}
