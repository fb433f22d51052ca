import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import colors from 'picocolors';
import { startControlServer } from '../control/control-server.ts';
import { forgetRunning, writeRunning } from '../control/running.ts';
import { buyInEach } from '../order/buy-in-each.ts';
import { renderTimelines } from '../order/timeline.ts';
import { demoCustomer, prepareAccounts } from '../start/demo-accounts.ts';
import { renderPanel } from '../start/panel.ts';
import { assertPortsFree } from '../start/ports.ts';
import { seconds, terminalProgress } from '../start/progress.ts';
import { seedVariants } from '../start/seed-variants.ts';
import { repositoryRoot, type Shop, startShop } from '../start/shop.ts';
import { stopOnSignal } from '../start/stop-on-signal.ts';
import { parseVariants, portsFrom } from '../variants.ts';
import { parseFlags } from './flags.ts';

const usage = 'npm start -- [--only microservices,serverless,hybrid] [--port 4000]';

/** `npm start`: brings the variants up, seeds them, buys something in each, and stays until Ctrl-C. */
export async function start(args: string[]): Promise<void> {
  const { values } = parseFlags(
    args,
    {
      only: { type: 'string' },
      port: { type: 'string' },
      'ready-only': { type: 'boolean' },
    },
    usage,
  );
  const variants = parseVariants(values.only);
  const ports = portsFrom(values.port === undefined ? undefined : Number(values.port));
  const print = (line = '') => console.log(line);
  const since = performance.now();
  await assertPortsFree(ports);

  let shop: Shop | undefined;
  let control: { stop(): Promise<void> } | undefined;
  const stopping = stopOnSignal(async () => {
    await control?.stop();
    await shop?.stop();
    await forgetRunning(repositoryRoot);
  });
  print(colors.bold('Triptych: one shop, three ways'));
  const logFolder = join(repositoryRoot, '.triptych', 'logs');
  const running = await stopping.guard(
    startShop({ variants, ports, logFolder, progress: terminalProgress(print) }),
  );
  shop = running;
  print(
    `${colors.green('✓')} ${seconds(performance.now() - since)}  ready        all health checks pass`,
  );
  // For `npm run bench:start`, which measures up to here.
  if (values['ready-only']) return stopping.forever();

  const token = randomBytes(24).toString('base64url');
  control = await startControlServer({ shop: running, port: ports.page, token });
  await writeRunning(repositoryRoot, {
    pid: process.pid,
    controlUrl: `http://127.0.0.1:${ports.page}`,
    token,
    endpointUrl: running.cloud.endpointUrl,
    variants: Object.fromEntries(variants.map((name) => [name, running.baseUrl[name]])),
  });
  const admins = await stopping.guard(prepareAccounts(running));
  await stopping.guard(seedVariants(running, admins, print));

  print(
    `\n${colors.bold('The same order in each')} (start after sending, length, process; cold: its first work)`,
  );
  const targets = variants.map((variant) => ({ variant, baseUrl: running.baseUrl[variant] }));
  const timelines = await stopping.guard(
    buyInEach(targets, demoCustomer, (traceId) => running.logs.spans(traceId)),
  );
  print(renderTimelines(timelines));
  print(renderPanel({ shop: running, ports, token, logFolder }));
  await stopping.forever();
}
