import { parseFlags } from '@triptych/base/flags';
import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { parseHttpMode, parseVariants } from '@triptych/base/variants';
import { seedProducts } from '@triptych/seed/products';
import { seedVariants } from '@triptych/seed/seed-variants';
import { portFlag } from '@triptych/shop/control/running';
import { buyInEach } from '@triptych/shop/order/buy-in-each';
import { renderPurchases, timelinesTitle } from '@triptych/shop/order/timeline';
import { DEMO_CUSTOMER } from '@triptych/shop/start/demo-accounts';
import { removeKeptData } from '@triptych/shop/start/kept-data';
import { openShop } from '@triptych/shop/start/open-shop';
import { renderPanel } from '@triptych/shop/start/panel';
import colors from 'picocolors';

const USAGE = `npm start -- [--only microservices,serverless,hybrid] [--port 4000] [--products 40] [--persist] [--reset]
             [--http web-functions]

Builds the shop, starts it on this machine, seeds it, places an order in each variant and runs until Ctrl-C.

  --only a,b    start these variants only
  --port 5000   the variants on 5001 to 5003, the AWS endpoint on 5566, and the control API, which needs the token that
                this command prints, on 5000
  --products 8  seed only the first 8 products, which is faster; 1 to 40 (default: all)
  --http web-functions  run the HTTP of serverless as Lambda Web Functions: listening servers behind a CDN, instead of
                handlers behind an API (default: event-functions, or TRIPTYCH_HTTP)
  --persist     keep products, orders and accounts across restarts, in .triptych/data
  --reset       first delete the data that --persist kept, and old logs`;

/** `npm start`: starts the variants, seeds them, places an order in each, and runs until Ctrl-C. */
export async function start(args: string[]): Promise<void> {
  const { values } = parseFlags(
    args,
    {
      only: { type: 'string' },
      port: { type: 'string' },
      http: { type: 'string' },
      products: { type: 'string' },
      persist: { type: 'boolean', default: false },
      reset: { type: 'boolean' },
      'ready-only': { type: 'boolean', default: false },
    },
    USAGE,
  );
  const variants = parseVariants(values.only);
  const products = parseProducts(values.products);
  const print = (line = '') => console.log(line);
  if (values.reset) {
    await removeKeptData(repositoryRoot);
    print(`${colors.green('✓')}          reset        deleted the data and logs of earlier runs`);
  }
  const { port, persist, 'ready-only': readyOnly } = values;
  const open = await openShop(
    {
      variants,
      port,
      http: parseHttpMode(values.http, variants),
      persist,
      readyOnly,
      seed: (shop, admins) => seedVariants(shop, admins, print, products),
    },
    print,
  );
  const { shop, stopping } = open;
  if (readyOnly) return stopping.forever();

  print(`\n${timelinesTitle()}`);
  const targets = variants.map((variant) => ({ variant, baseUrl: shop.baseUrl[variant] }));
  const shopFlag = portFlag(open.ports.control);
  const seeLogs = (order: string) => `npm run logs -- --order ${order}${shopFlag}`;
  const timelines = await stopping.guard(
    buyInEach(targets, DEMO_CUSTOMER, (traceId) => shop.logs.spans(traceId), seeLogs),
  );
  print(renderPurchases(timelines, shopFlag));
  print(renderPanel(open));
  await stopping.forever();
}

/** @throws UserError unless it is a whole number from 1 to the number of products */
function parseProducts(products: string | undefined): number | undefined {
  if (products === undefined) return undefined;
  const most = seedProducts.length;
  const number = Number(products);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UserError(`--products takes a whole number from 1 to ${most}, not "${products}".`);
}
