import { span } from '@triptych/platform/telemetry';
import type { PasswordHasher } from '../core/index.ts';

/** OWASP password storage: argon2id with 19 MiB, two passes, one lane; about 7 ms. The library's default is argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * The hash of a random password nobody kept, at the cost above: what an unknown account's password is compared with.
 * Made beforehand, so that the first unknown account costs no more than the next.
 */
export const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$O5XnrPu4SFB/2GKrbMH8iQ$lJQ/w/PBt75QN0edidtBMmdu+2gBPcTnE+KYR3q7eTA';

/** Native code that only two routes need: loaded by the first of them, not when the process starts. */
const argon2 = () => import('@node-rs/argon2');

/** argon2id on the library's own threads; the event loop stays free. */
export const argon2Hasher: PasswordHasher = {
  hash: (password) =>
    span('auth.hash-password', {}, async () => (await argon2()).hash(password, cost)),
  verify: (password, known) =>
    span('auth.verify-password', {}, async () => {
      const { verify } = await argon2();
      const holds = await verify(known ?? nobodysHash, password);
      return holds && known !== undefined;
    }),
};
