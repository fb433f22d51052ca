import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { parseVariants } from '@triptych/base/variants';
import { seedVariants } from '@triptych/seed/seed-variants';
import { type OpenShopOptions, openShop } from '@triptych/shop/start/open-shop';
import { renderPanel } from '@triptych/shop/start/panel';
import colors from 'picocolors';
import { keepLive, type LiveShop } from './dev/live-shop.ts';
import { RestartLines } from './dev/restart-lines.ts';

const USAGE = `npm run dev -- [--only microservices,serverless,hybrid] [--port 4000] [--persist] [--no-seed]

Like npm start, but rebuilds and restarts the affected services when you save a source file. A change of the templates (in
infra or libs/images/edge) restarts the whole shop and keeps its data.

  --only a,b    start these variants only; fewer are faster
  --port 5000   the variants on 5001 to 5003, the AWS endpoint on 5566, and the control API, which needs the token that
                this command prints, on 5000
  --persist     keep products, orders and accounts across restarts, in .triptych/data
  --no-seed     start without products`;

/** `npm run dev`: starts the shop and restarts the services whose sources change. */
export async function dev(args: string[]): Promise<void> {
  const { values } = parseFlags(
    args,
    {
      only: { type: 'string' },
      port: { type: 'string' },
      persist: { type: 'boolean', default: false },
      'no-seed': { type: 'boolean', default: false },
    },
    USAGE,
  );
  const variants = parseVariants(values.only);
  const print = (line = '') => console.log(line);
  const { port, persist, 'no-seed': noSeed } = values;
  const sinceMs = Date.now();
  const seed: OpenShopOptions['seed'] = (started, admins) => seedVariants(started, admins, print);
  const open = await openShop(
    { variants, port, persist, relaunchable: true, ...(noSeed ? {} : { seed }) },
    print,
  );
  const shop: LiveShop = {
    restart: (stack) => open.shop.cloud.restart(stack),
    templatesChanged: () => open.templatesChanged(),
    relaunch: () => open.relaunch(),
  };
  const lines = new RestartLines(print);
  await open.stopping.guard(
    keepLive({ root: repositoryRoot, variants, http: open.shop.http, sinceMs, shop, lines }),
  );
  print(renderPanel(open));
  print(`${colors.bold('Watching')} libs, apps and infra: saving a file restarts what uses it.`);
  await open.stopping.forever();
}
