/** A container of the compose project, as `docker compose ps --all --format json` tells of it. */
export interface ComposeContainer {
  readonly Service: string;
  /** `running`, `exited`, `paused`, `created`, `restarting`, … */
  readonly State: string;
  readonly Health: string;
  readonly ExitCode: number;
}

/** The one that ends when its work is done. */
const oneShot = 'deploy';
/** The rest follows from the first. */
const shownFaults = 3;

/** The lines of `docker compose ps --format json`, a container each; older ones print one array. */
export function containersFrom(stdout: string): ComposeContainer[] {
  const text = stdout.trim();
  if (text === '') return [];
  if (text.startsWith('[')) return JSON.parse(text) as ComposeContainer[];
  return text.split('\n').map((line) => JSON.parse(line) as ComposeContainer);
}

/**
 * What an earlier start left that the next cannot go on with, in words; nothing when there is none or all of it runs.
 * LocalStack forgets what was deployed when it stops, so a project of which a part has stopped is of no use; and one that was
 * started for other services was deployed for those.
 * @param wanted services that are about to run
 */
export function halfFinished(
  containers: readonly ComposeContainer[],
  wanted: readonly string[],
): string | undefined {
  if (containers.length === 0) return undefined;
  const faults = containers.flatMap((one) => fault(one) ?? []);
  const there = new Set(containers.map(({ Service }) => Service));
  const missing = wanted.filter((service) => !there.has(service));
  if (missing.length > 0) faults.push(`${missing.join(', ')} not there`);
  const more = [...there].filter((service) => !wanted.includes(service));
  if (more.length > 0) faults.push(`${more.join(', ')} not wanted now`);
  if (faults.length === 0) return undefined;
  const others = faults.length - shownFaults;
  return faults.slice(0, shownFaults).join(', ') + (others > 0 ? ` and ${others} more` : '');
}

function fault({ Service, State, Health, ExitCode }: ComposeContainer): string | undefined {
  if (Service === oneShot) {
    if (State === 'exited' && ExitCode === 0) return undefined;
    return State === 'exited' ? `${Service} failed (code ${ExitCode})` : `${Service} is ${State}`;
  }
  if (State !== 'running') return `${Service} is ${State}`;
  return Health === 'unhealthy' ? `${Service} is unhealthy` : undefined;
}
