/** A container of the compose project, as `docker compose ps --all --format json` prints it. */
export interface ComposeContainer {
  readonly Service: string;
  /** `running`, `exited`, `paused`, `created`, `restarting`, … */
  readonly State: string;
  readonly Health: string;
  readonly ExitCode: number;
}

/** The service that exits when its work is done. */
const ONE_SHOT_SERVICE = 'deploy';
/** Further faults usually follow from the first ones. */
const SHOWN_FAULTS = 3;

/** Parses `docker compose ps --format json`: one container per line, or one array from older versions. */
export function containersFrom(stdout: string): ComposeContainer[] {
  const text = stdout.trim();
  if (text === '') return [];
  if (text.startsWith('[')) return JSON.parse(text) as ComposeContainer[];
  return text.split('\n').map((line) => JSON.parse(line) as ComposeContainer);
}

/**
 * Describes why the next start cannot reuse the containers of an earlier one. Returns undefined if there are none or all of
 * them run. A partly stopped project is useless, because LocalStack loses its data when it stops. A project that was started
 * for other services lacks the deployment of these.
 * @param wanted the services that are about to start
 */
export function halfFinished(
  containers: readonly ComposeContainer[],
  wanted: readonly string[],
): string | undefined {
  if (containers.length === 0) return undefined;
  const faults = containers.flatMap((one) => fault(one) ?? []);
  const there = new Set(containers.map(({ Service }) => Service));
  const missing = wanted.filter((service) => !there.has(service));
  if (missing.length > 0) faults.push(`${missing.join(', ')} missing`);
  const more = [...there].filter((service) => !wanted.includes(service));
  if (more.length > 0) faults.push(`${more.join(', ')} not selected`);
  if (faults.length === 0) return undefined;
  const others = faults.length - SHOWN_FAULTS;
  return faults.slice(0, SHOWN_FAULTS).join(', ') + (others > 0 ? ` and ${others} more` : '');
}

function fault({ Service, State, Health, ExitCode }: ComposeContainer): string | undefined {
  if (Service === ONE_SHOT_SERVICE) {
    if (State === 'exited' && ExitCode === 0) return undefined;
    return State === 'exited' ? `${Service} failed (code ${ExitCode})` : `${Service} is ${State}`;
  }
  if (State !== 'running') return `${Service} is ${State}`;
  return Health === 'unhealthy' ? `${Service} is unhealthy` : undefined;
}
