import { span } from '@triptych/platform/telemetry';
import type { PasswordHasher } from '../core/index.ts';

/**
 * OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes and one lane; about 7 ms.
 * argon2id is the library's default.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * The hash, at the cost above, of a random password that was not kept. The password of an unknown
 * account is compared with it. It is a constant, so that the first comparison takes no longer than
 * later ones.
 */
export const DUMMY_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$O5XnrPu4SFB/2GKrbMH8iQ$lJQ/w/PBt75QN0edidtBMmdu+2gBPcTnE+KYR3q7eTA';

/** Native code that only two routes need: the first call loads it, not the start of the process. */
const argon2 = () => import('@node-rs/argon2');

/** argon2id on the library's own threads, so that the event loop is not blocked. */
export const argon2Hasher: PasswordHasher = {
  hash: (password) =>
    span('auth.hash-password', {}, async () => (await argon2()).hash(password, COST)),
  verify: (password, known) =>
    span('auth.verify-password', {}, async () => {
      const { verify } = await argon2();
      const matches = await verify(known ?? DUMMY_HASH, password);
      return matches && known !== undefined;
    }),
};
