import type { KeyMaker, PublicJwk } from '../core/index.ts';
import type { Seal } from './sealed-keys.ts';

interface Options {
  readonly seal: Seal;
  readonly ids: { next(): string };
}

/** Generates ES256 (P-256) key pairs. The private key leaves this function only encrypted. */
export function joseKeys({ seal, ids }: Options): KeyMaker {
  return {
    async make() {
      const { exportJWK, exportPKCS8, generateKeyPair } = await import('jose');
      const kid = ids.next();
      const pair = await generateKeyPair('ES256', { extractable: true });
      const { kty, crv, x, y } = await exportJWK(pair.publicKey);
      const publicJwk = { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } as PublicJwk;
      const sealedPrivateKey = seal.seal(await exportPKCS8(pair.privateKey), kid);
      return { kid, publicJwk, sealedPrivateKey };
    },
  };
}
