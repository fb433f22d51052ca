/** Implements auth's ports with DynamoDB, argon2 and jose. */
export { argon2Hasher } from './argon2-hasher.ts';
export { dynamoAccounts } from './dynamo-accounts.ts';
export { dynamoKeys } from './dynamo-keys.ts';
export { dynamoLimits } from './dynamo-limits.ts';
export { dynamoRefreshFamilies } from './dynamo-refresh-families.ts';
export { joseKeys } from './jose-keys.ts';
export { joseTokens } from './jose-tokens.ts';
export { refreshSecrets } from './refresh-secrets.ts';
export { aesGcmSeal, type Seal } from './sealed-keys.ts';
export { attemptRulesOf, authSettings } from './settings.ts';
