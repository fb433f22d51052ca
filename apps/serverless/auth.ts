import * as adapters from '@triptych/auth/adapters';
import { createAuth } from '@triptych/auth/core';
import { authRoutes } from '@triptych/auth/http';
import { authMessages } from '@triptych/auth/messages';
import { dynamo } from '@triptych/platform/aws';
import { loadConfig, randomIds, systemClock } from '@triptych/platform/config';

// 1 config
export const config = await loadConfig(adapters.authSettings);

// 2 adapters
const at = { client: dynamo(), table: config.AUTH_TABLE };
const rules = adapters.attemptRulesOf(config);
const seal = adapters.aesGcmSeal(config.KEY_ENCRYPTION_KEY.reveal());
const accounts = adapters.dynamoAccounts(at);

// 3 domain
const auth = createAuth({
  accounts,
  keyStore: adapters.dynamoKeys(at),
  keyMaker: adapters.joseKeys({ seal, ids: randomIds }),
  hasher: adapters.argon2Hasher,
  tokens: adapters.joseTokens({ issuer: config.BASE_URL, seal }),
  families: adapters.dynamoRefreshFamilies(at),
  secrets: adapters.refreshSecrets,
  limits: adapters.dynamoLimits({ ...at, table: config.LIMITS_TABLE, rules }),
  clock: systemClock,
  ids: randomIds,
});
export const queues = [{ queueUrl: config.QUEUE_URL, handle: authMessages(auth) }];
const plugin = authRoutes({ auth });
export const service = { config, title: 'Auth', plugin, ready: [accounts.ping] };
