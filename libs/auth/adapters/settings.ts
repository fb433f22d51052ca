import { commonSettings, integer, secret, text, url } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';
import { ATTEMPT_RULES, type AttemptRules } from '../core/index.ts';

const limit = (standard: number) => integer({ default: standard, minimum: 1, maximum: 1_000_000 });

/** The settings auth reads from its environment; see the README. */
export const authSettings = Type.Object({
  ...commonSettings,
  AUTH_TABLE: text(),
  LIMITS_TABLE: text(),
  LOGIN_LIMIT_PER_ADDRESS: limit(ATTEMPT_RULES.perAccountAndAddress),
  LOGIN_LIMIT_PER_ACCOUNT: limit(ATTEMPT_RULES.perAccount),
  QUEUE_URL: url(),
  KEY_ENCRYPTION_KEY: secret(),
});

/** Returns the limits for failed log-ins with the configured values. */
export function attemptRulesOf(
  config: Pick<Static<typeof authSettings>, 'LOGIN_LIMIT_PER_ADDRESS' | 'LOGIN_LIMIT_PER_ACCOUNT'>,
): AttemptRules {
  return {
    ...ATTEMPT_RULES,
    perAccountAndAddress: config.LOGIN_LIMIT_PER_ADDRESS,
    perAccount: config.LOGIN_LIMIT_PER_ACCOUNT,
  };
}
