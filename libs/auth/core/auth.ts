import type { Account } from './account.ts';
import { cachedKeyRing } from './cached-key-ring.ts';
import { type LogIn, logIn } from './log-in.ts';
import { type LogOut, logOut } from './log-out.ts';
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
import { type ReadAccount, readAccount } from './read-account.ts';
import { type KeySet, readKeySet } from './read-key-set.ts';
import { type Refresh, refresh } from './refresh.ts';
import { type Register, register } from './register.ts';
import { type RotateKeys, rotateKeysIfDue } from './rotate-keys-if-due.ts';
import type { Session } from './sessions.ts';
import type { Rotation } from './signing-keys.ts';

/** Every port that auth needs. */
export interface AuthDeps {
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

/** The use cases of auth. Each is documented in the file named after it. */
export interface Auth {
  register(command: Register): Promise<void>;
  logIn(command: LogIn): Promise<Session>;
  refresh(command: Refresh): Promise<Session>;
  logOut(command: LogOut): Promise<void>;
  readAccount(command: ReadAccount): Promise<Account>;
  readKeySet(): Promise<KeySet>;
  rotateKeysIfDue(command?: RotateKeys): Promise<Rotation>;
}

/** Binds the use cases to their ports. All of them share one cached key ring. */
export function createAuth(ports: AuthDeps): Auth {
  const deps = { ...ports, keyRing: cachedKeyRing(ports) };
  return {
    register: (command) => register(deps, command),
    logIn: (command) => logIn(deps, command),
    refresh: (command) => refresh(deps, command),
    logOut: (command) => logOut(deps, command),
    readAccount: (command) => readAccount(deps, command),
    readKeySet: () => readKeySet(deps),
    rotateKeysIfDue: (command) => rotateKeysIfDue(deps, command),
  };
}
