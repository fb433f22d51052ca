/** What auth's ports are made of: DynamoDB, argon2 and jose. */
export { argon2Hasher } from './argon2-hasher.ts';
export { dynamoAccounts } from './dynamo-accounts.ts';
export { dynamoKeys } from './dynamo-keys.ts';
export { joseKeys } from './jose-keys.ts';
export { joseTokens } from './jose-tokens.ts';
export { aesGcmSeal, type Seal } from './sealed-keys.ts';
export { authSettings } from './settings.ts';
