import { variants as allVariants, type Variant } from '@triptych/base/variants';
import { type ComposeAddresses, composeAddresses } from '@triptych/docker/addresses';
import { buildImages, startServices, type ToBringUp, takeDown } from '@triptych/docker/bring-up';
import { type Checked, checkDocker } from '@triptych/docker/checks';
import { docker } from '@triptych/docker/compose';
import { type Narrator, narrate } from '@triptych/docker/narrator';
import colors from 'picocolors';
import { buyInEach } from '../order/buy-in-each.ts';
import { renderTimelines, type Timeline, timelinesTitle } from '../order/timeline.ts';
import { DEMO_CUSTOMER } from '../start/demo-accounts.ts';
import { renderRows } from '../start/panel.ts';
import { stopOnSignal } from '../start/stop-on-signal.ts';
import { spansOfCompose } from './order-spans.ts';
import { logsCommand, panelRows } from './panel-rows.ts';
import { shopOfNpmStart } from './shop-on-port.ts';

export interface DockerOptions {
  readonly variants: readonly Variant[];
  readonly observability: boolean;
  /** Creates the demo accounts of a variant and seeds it. */
  readonly fill: (
    variant: Variant,
    at: ComposeAddresses,
    tell: Narrator,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Return when the shop is up, instead of running until Ctrl-C. */
  readonly detach: boolean;
}

/** Longer than compose needs to stop all containers, LocalStack's functions included. */
const STOP_TIMEOUT_MS = 90_000;

/**
 * Checks Docker, builds, starts, seeds, places an order in each variant, prints the panel, and runs until Ctrl-C.
 * @throws UserError with one line for each problem that the user can fix. Containers that have started stay for
 *   inspection; the next start removes them.
 */
export async function runInDocker(options: DockerOptions): Promise<void> {
  const { observability, detach } = options;
  const tell = narrate();
  tell.line(colors.bold('Triptych: one shop, three ways, in Docker'));
  const checked = await check(options, tell);
  const { project, services } = checked;
  const stop = new AbortController();
  const env = composeEnvironment(options);
  const stopping = stopOnSignal(async () => {
    stop.abort(new Error('stopped'));
    tell.line('docker compose down: removing containers and networks; images and caches stay');
    await takeDown(env);
  }, STOP_TIMEOUT_MS);
  const up: ToBringUp = {
    project: project.name,
    services,
    observability,
    env,
    signal: stop.signal,
  };
  try {
    await fillAndShow(options, checked, up, tell);
  } catch (error) {
    // Ctrl-C also makes the work fail. Then the shop is already stopping.
    if (stop.signal.aborted) await new Promise(() => undefined);
    throw error;
  }
  if (detach) process.exit(0);
  await stopping.forever();
}

async function fillAndShow(
  { variants, detach, fill }: DockerOptions,
  { project, services, unfinished }: Checked,
  up: ToBringUp,
  tell: Narrator,
): Promise<void> {
  if (unfinished) {
    tell.note('cleaning up', `an earlier start cannot be reused (${unfinished}): removing it`);
    await takeDown(up.env);
  }
  await buildImages(up, tell);
  await startServices(up, tell, docker);
  const at = await composeAddresses();
  for (const variant of variants) await fill(variant, at, tell, up.signal);
  const timelines: Timeline[] = [];
  for (const variant of variants) {
    tell.now(`placing an order in ${variant}`);
    timelines.push(await order(variant, services, at, project.name));
  }
  tell.line(`\n${timelinesTitle()}`);
  tell.line(renderTimelines(timelines));
  const grafana = project.services.grafana?.ports?.[0]?.published;
  const grafanaUrl = grafana && up.observability ? `http://127.0.0.1:${grafana}` : undefined;
  tell.line(
    renderRows(
      panelRows({
        variants,
        at,
        project: project.name,
        detached: detach,
        ...(grafanaUrl ? { grafanaUrl } : {}),
      }),
    ),
  );
}

async function check(options: DockerOptions, tell: Narrator): Promise<Checked> {
  const since = performance.now();
  tell.now('checking Docker');
  const checked = await checkDocker({ ...options, shopWith: shopOfNpmStart }, docker, (image) => {
    tell.note('pulling', image);
  });
  for (const warning of checked.warnings) tell.note('memory', warning);
  const { version, cpus, memoryBytes } = checked.engine;
  const machine = `${cpus} CPUs, ${(memoryBytes / 1024 ** 3).toFixed(1)} GB`;
  tell.done('found', `Docker ${version} (${machine})`, performance.now() - since);
  return checked;
}

async function order(
  variant: Variant,
  services: readonly string[],
  at: ComposeAddresses,
  project: string,
): Promise<Timeline> {
  const own = services.filter((service) => service.startsWith(`${variant}-`));
  const since = Date.now();
  const spans = spansOfCompose(
    { variant, services: own, endpointUrl: at.endpointUrl, since },
    docker,
  );
  const targets = [{ variant, baseUrl: at.baseUrl[variant] }];
  const [timeline] = await buyInEach(targets, DEMO_CUSTOMER, spans, () => logsCommand(project));
  if (!timeline) throw new Error(`No order in ${variant}.`);
  return timeline;
}

/** The environment of docker-compose.yml for these options. */
function composeEnvironment({ variants, observability }: DockerOptions): Record<string, string> {
  return {
    TRIPTYCH_ONLY: variants.length === allVariants.length ? 'all' : variants.join(','),
    ...(observability ? { TRIPTYCH_OTLP_ENDPOINT: 'http://collector:4318' } : {}),
  };
}
