import { commonSettings, integer, secret, text, url } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';
import { type AttemptRules, attemptRules } from '../core/index.ts';

const limit = (standard: number) => integer({ default: standard, minimum: 1, maximum: 1_000_000 });

/** What auth reads from its environment; the README explains each. */
export const authSettings = Type.Object({
  ...commonSettings,
  AUTH_TABLE: text(),
  LIMITS_TABLE: text(),
  LOGIN_LIMIT_PER_ADDRESS: limit(attemptRules.perAccountAndAddress),
  LOGIN_LIMIT_PER_ACCOUNT: limit(attemptRules.perAccount),
  QUEUE_URL: url(),
  KEY_ENCRYPTION_KEY: secret(),
});

/** The limits of failed log-ins that the settings ask for. */
export function attemptRulesOf(
  config: Pick<Static<typeof authSettings>, 'LOGIN_LIMIT_PER_ADDRESS' | 'LOGIN_LIMIT_PER_ACCOUNT'>,
): AttemptRules {
  return {
    ...attemptRules,
    perAccountAndAddress: config.LOGIN_LIMIT_PER_ADDRESS,
    perAccount: config.LOGIN_LIMIT_PER_ACCOUNT,
  };
}
