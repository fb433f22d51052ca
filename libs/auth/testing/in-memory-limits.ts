import { networkOf } from '../adapters/network-of.ts';
import {
  ATTEMPT_RULES,
  type Attempt,
  type AttemptLimits,
  type AttemptRules,
  type Clock,
  tooManyAttempts,
} from '../core/index.ts';

interface Options {
  readonly clock: Clock;
  readonly rules?: AttemptRules;
}

/** Attempt limits in memory. Records the attempts it counts. */
export function inMemoryLimits({ clock, rules = ATTEMPT_RULES }: Options) {
  const perNetwork = fixedWindows(clock, rules.perAccountAndAddress, rules.windowSeconds);
  const perAccount = fixedWindows(clock, rules.perAccount, rules.windowSeconds);
  const networkKey = ({ email, address }: Attempt) => `${email}\n${networkOf(address)}`;
  const counted: Attempt[] = [];
  const limits: AttemptLimits = {
    /** @throws AppError too-many `too-many-attempts` */
    async count(attempt) {
      counted.push(attempt);
      perNetwork.take(networkKey(attempt));
      perAccount.take(attempt.email);
    },
    async recordSuccess(attempt) {
      perNetwork.reset(networkKey(attempt));
      perAccount.add(attempt.email, -1);
    },
  };
  return { ...limits, counted };
}

/** Counters by key. Each starts a window of `windowSeconds` with its first change. */
function fixedWindows(clock: Clock, limit: number, windowSeconds: number) {
  const windows = new Map<string, { used: number; endsAtMs: number }>();

  function reset(key: string) {
    const window = { used: 0, endsAtMs: clock.now() + windowSeconds * 1000 };
    windows.set(key, window);
    return window;
  }

  function add(key: string, attempts: number) {
    const known = windows.get(key);
    const window = known && known.endsAtMs > clock.now() ? known : reset(key);
    window.used += attempts;
    return window;
  }

  /** @throws AppError too-many `too-many-attempts` */
  function take(key: string): void {
    const { used, endsAtMs } = add(key, 1);
    if (used > limit) throw tooManyAttempts(Math.ceil((endsAtMs - clock.now()) / 1000));
  }

  return { take, add, reset };
}
