import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { parseVariants } from '@triptych/base/variants';
import { seedVariants } from '@triptych/seed/seed-variants';
import { type OpenShopOptions, openShop } from '@triptych/shop/start/open-shop';
import { renderPanel } from '@triptych/shop/start/panel';
import colors from 'picocolors';
import { keepLive } from '../dev/live-shop.ts';

const USAGE = `npm run dev -- [--only microservices,serverless,hybrid] [--port 4000] [--persist] [--no-seed]

Like npm start, but rebuilds and restarts the affected services when you save a source file. After a change in infra,
run it again.

  --only a,b    start these variants only; fewer are faster
  --port 5000   page and control API on 5000, the variants on 5001 to 5003, the AWS endpoint on 5566
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
  const open = await openShop({ variants, port, persist, ...(noSeed ? {} : { seed }) }, print);
  const { shop, stopping } = open;
  const restart = (stack: string) => shop.cloud.restart(stack);
  await stopping.guard(keepLive({ root: repositoryRoot, variants, sinceMs, restart, print }));
  print(renderPanel(open));
  print(`${colors.bold('Watching')} libs and apps: saving a file restarts its services.`);
  await stopping.forever();
}
