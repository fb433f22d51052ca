import type { Account } from './account.ts';
import { type SigningKeys, signingKeys } from './key-ring.ts';
import { type LogInAttempt, logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import { me } from './me.ts';
import type {
  AccessTokens,
  Accounts,
  AttemptLimits,
  Clock,
  Ids,
  KeyMaker,
  KeyStore,
  PasswordHasher,
  RefreshFamilies,
  RefreshSecrets,
} from './ports.ts';
import { refresh } from './refresh.ts';
import { type EmailAndPassword, register } from './register.ts';
import type { Session } from './sessions.ts';
import type { PublicJwk, Rotation } from './signing-keys.ts';

/** Everything auth needs from outside. */
export interface AuthParts {
  readonly accounts: Accounts;
  readonly keyStore: KeyStore;
  readonly keyMaker: KeyMaker;
  readonly hasher: PasswordHasher;
  readonly tokens: AccessTokens;
  readonly families: RefreshFamilies;
  readonly secrets: RefreshSecrets;
  readonly limits: AttemptLimits;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The use cases of auth; each is described where it is written. */
export interface Auth {
  register(input: EmailAndPassword): Promise<void>;
  logIn(input: LogInAttempt): Promise<Session>;
  refresh(refreshToken: string): Promise<Session>;
  logOut(refreshToken: string): Promise<void>;
  me(accessToken: string): Promise<Account>;
  /** The key set that others verify access tokens with. */
  keySet(): Promise<{ keys: PublicJwk[] }>;
  /** Does what the rotation rules ask for now; run daily, and with `early` by command. */
  rotateKeysIfDue(early?: boolean): Promise<Rotation>;
}

/** Wires the use cases to their ports. */
export function createAuth(parts: AuthParts): Auth {
  const keys: SigningKeys = signingKeys(parts);
  return {
    register: register(parts),
    logIn: logIn({ ...parts, keys }),
    refresh: refresh({ ...parts, keys }),
    logOut: logOut(parts),
    me: me({ ...parts, keys }),
    keySet: async () => ({ keys: await keys.published() }),
    rotateKeysIfDue: (early) => keys.rotateIfDue(early),
  };
}
