import { AppError } from '@triptych/platform/errors';

const MAX_TRIES = 5;

/**
 * Runs `attempt` until it returns anything but `changed`. An attempt reads, decides and writes;
 * `changed` means that another writer changed the data in between.
 * @throws AppError unavailable `stock-contended` after 5 attempts
 */
export async function retryWhileChanged<Outcome extends string>(
  attempt: () => Promise<Outcome>,
): Promise<Exclude<Outcome, 'changed'>> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await attempt();
    if (outcome !== 'changed') return outcome as Exclude<Outcome, 'changed'>;
  }
  const detail = 'Too many requests are changing the same stock. Try again.';
  throw new AppError('unavailable', 'stock-contended', detail, { retryAfterSeconds: 1 });
}
