import { createHmac } from 'node:crypto';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  type ProtectedHeaderParameters,
  SignJWT,
} from 'jose';

/** A valid token and its parts. */
export interface Honest {
  readonly token: string;
  readonly key: JWK;
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
}

export const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

let pair: Promise<{ privateKey: CryptoKey; publicJwk: JWK }> | undefined;

/** The forger's key pair. */
export function foreignKey(): Promise<{ privateKey: CryptoKey; publicJwk: JWK }> {
  pair ??= (async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    return { privateKey, publicJwk: await exportJWK(publicKey) };
  })();
  return pair;
}

/** Changes the valid token and signs it with the forger's key, under the shop's key id unless the header changes it. */
export async function signedBy(
  { header, claims }: Honest,
  change: { header?: Record<string, unknown>; claims?: Record<string, unknown> },
): Promise<string> {
  const { privateKey } = await foreignKey();
  const changed = { ...header, ...change.header, alg: 'ES256' };
  return new SignJWT({ ...claims, role: 'admin', ...change.claims })
    .setProtectedHeader(changed)
    .sign(privateKey, { crit: { exp: true } });
}

/** Signs the valid token's claims with HS256 and a public value as the secret. */
export function hmacToken({ header, claims }: Honest, secret: string): string {
  const content = `${encoded({ ...header, alg: 'HS256' })}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
