import { UserError } from '@triptych/base/user-error';
import { composeArgs, type Docker } from './compose.ts';
import { parseComposeEvent, serviceAtFault } from './compose-events.ts';
import type { Narrator } from './narrator.ts';
import { profileArgs } from './project.ts';
import { streamDocker } from './stream-compose.ts';

/** A project to bring up. */
export interface ToBringUp {
  readonly project: string;
  readonly services: readonly string[];
  readonly observability: boolean;
  /** Settings of docker-compose.yml beyond those of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const buildTimeoutMs = 30 * 60_000;
const upTimeoutMs = 15 * 60_000;
const downTimeoutMs = 2 * 60_000;
/** LocalStack takes up to 25 s for its functions' containers (docker-compose.yml). */
const stopSeconds = 30;
const shownLines = 12;

/** Builds the images of the services. @throws UserError with the builder's last words */
export async function buildImages(up: ToBringUp, tell: Narrator): Promise<void> {
  const since = performance.now();
  const lines: string[] = [];
  tell.now('building images; the first time this takes some minutes');
  const code = await streamDocker({
    args: composeArgs(
      undefined,
      ...profileArgs(up.observability),
      '--progress',
      'plain',
      'build',
      ...up.services,
    ),
    env: up.env,
    timeoutMs: buildTimeoutMs,
    signal: up.signal,
    onLine: (line) => {
      if (line.trim() === '') return;
      lines.push(line);
      if (lines.length > shownLines) lines.shift();
      if (/^#\d+ \[/.test(line)) tell.now(`building: ${line.replace(/^#\d+ /, '')}`);
    },
  });
  up.signal.throwIfAborted();
  if (code !== 0) {
    for (const line of lines) tell.detail(line);
    const why =
      code === undefined ? 'it takes longer than 30 min' : (lines.at(-1) ?? `code ${code}`);
    throw new UserError(`The images cannot be built: ${why}`);
  }
  tell.done('built', 'images', performance.now() - since);
}

/**
 * Starts the services in their order and waits until all are healthy, with a line for each.
 * @throws UserError that names what failed, with its last words
 */
export async function startServices(up: ToBringUp, tell: Narrator, ask: Docker): Promise<void> {
  const startedAt = new Map<string, number>();
  const told = new Set<string>();
  const faults: string[] = [];
  const watching = new AbortController();
  const watches: Promise<unknown>[] = [];
  const since = performance.now();
  const from = new Date().toISOString();
  const ended = (service: string, what: string) => {
    if (told.has(service)) return;
    told.add(service);
    tell.done(what, service, performance.now() - (startedAt.get(service) ?? since));
  };
  const onLine = (line: string) => {
    const event = parseComposeEvent(line, up.project);
    if (!event) return;
    if (event.kind === 'error') return void faults.push(event.message);
    const { service, status } = event;
    if (status === 'Started') startedAt.set(service, performance.now());
    if (status === 'Started' && service === 'deploy') {
      watches.push(followDeployment(from, tell, watching.signal));
    }
    if (status === 'Healthy') ended(service, 'healthy');
    if (status === 'Exited' && service === 'deploy') ended(service, 'deployed');
    if (status === 'Started' || status === 'Waiting') tell.now(waitingFor(up.services, told));
  };
  const wait = ['--wait', '--wait-timeout', String(upTimeoutMs / 1000)];
  const profile = profileArgs(up.observability);
  const code = await streamDocker({
    args: composeArgs(
      undefined,
      ...profile,
      '--progress',
      'json',
      'up',
      '--detach',
      '--no-build',
      ...wait,
      ...up.services,
    ),
    env: up.env,
    timeoutMs: upTimeoutMs,
    signal: up.signal,
    onLine,
  });
  watching.abort();
  await Promise.all(watches);
  up.signal.throwIfAborted();
  if (code === 0) return;
  const why = code === undefined ? 'not all are healthy after 15 min' : (faults.at(-1) ?? '');
  throw new UserError(await failureLine(why, up, ask));
}

/** Removes the project's containers and networks; images and volumes stay. @throws UserError when Docker does not */
export async function takeDown(env: Readonly<Record<string, string>> = {}): Promise<void> {
  const lines: string[] = [];
  const code = await streamDocker({
    args: composeArgs(
      undefined,
      ...profileArgs(true),
      'down',
      '--remove-orphans',
      '--timeout',
      String(stopSeconds),
    ),
    env,
    timeoutMs: downTimeoutMs,
    survivesInterrupt: true,
    onLine: (line) => lines.push(line),
  });
  if (code !== 0) {
    throw new UserError(
      `docker compose down failed: ${lines.at(-1) ?? 'it takes longer than 2 min'}`,
    );
  }
}

/** What `deploy` writes, as it writes it: it takes longest. */
function followDeployment(since: string, tell: Narrator, signal: AbortSignal): Promise<unknown> {
  return streamDocker({
    args: composeArgs(undefined, 'logs', '--follow', '--no-log-prefix', '--since', since, 'deploy'),
    timeoutMs: upTimeoutMs,
    signal,
    onLine: (line) => {
      // Its own end is told by compose.
      if (line.trim() !== '' && !/^\S+ exited with code/.test(line)) tell.detail(line);
    },
  }).catch(() => undefined);
}

function waitingFor(services: readonly string[], told: ReadonlySet<string>): string {
  return `waiting for ${services.filter((service) => !told.has(service)).join(', ')}`;
}

/** Compose's words, and the last that the container at fault wrote. */
async function failureLine(why: string, { project }: ToBringUp, ask: Docker): Promise<string> {
  const service = serviceAtFault(why, project);
  if (!service) return `The containers do not start: ${why || 'compose does not say why'}`;
  const { stdout, stderr } = await ask(
    composeArgs(undefined, 'logs', '--no-log-prefix', '--no-color', '--tail', '1', service),
  );
  const last = stdout || stderr;
  return `${service} fails (${why})${last ? `: ${last}` : ''}; see docker compose logs ${service}`;
}
