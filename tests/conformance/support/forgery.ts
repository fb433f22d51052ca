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

/** A good token and what it consists of. */
export interface Honest {
  readonly token: string;
  readonly key: JWK;
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
}

export const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

let pair: Promise<{ privateKey: CryptoKey; publicJwk: JWK }> | undefined;

/** A key of the forger's own. */
export function foreignKey(): Promise<{ privateKey: CryptoKey; publicJwk: JWK }> {
  pair ??= (async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    return { privateKey, publicJwk: await exportJWK(publicKey) };
  })();
  return pair;
}

/** The good token's claims, changed, signed by the forger's key under the shop's key id unless the header says otherwise. */
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

/** The good token's claims under HS256, with what everybody knows as the secret. */
export function hmacToken({ header, claims }: Honest, secret: string): string {
  const content = `${encoded({ ...header, alg: 'HS256' })}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
