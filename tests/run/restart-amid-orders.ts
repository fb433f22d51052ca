/**
 * `node tests/run/restart-amid-orders.ts [--rounds 10] [--only variant,…] [--port 7000]`: stops `npm start -- --persist` with
 * Ctrl-C amid orders and starts it again, several times per variant. Every accepted order must end. Works in a copy of the
 * repository, so that your own data are not touched. `npm test` contains one round (tests/cli/persist.test.ts).
 */
import { parseArgs } from 'node:util';
import { oneLine } from '@triptych/base/user-error';
import { parseVariants, type Variant } from '@triptych/base/variants';
import { readRunning } from '@triptych/shop/control/running';
import { freeBase, type Running, startCommand } from '../cli/support/command.ts';
import { copyOfRepository } from '../cli/support/copy-of-repository.ts';
import { endingOf, stopAmidOrders } from '../cli/support/orders-across-restart.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    only: { type: 'string' },
    port: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const port = Number(values.port ?? (await freeBase()));
let failed = 0;
let shop: Running | undefined;

for (const variant of parseVariants(values.only)) {
  const copy = await copyOfRepository();
  try {
    for (let round = 1; round <= rounds; round += 1) await play(variant, round, copy.folder);
  } finally {
    await copy.remove();
  }
}
console.log(failed === 0 ? 'Every accepted order ended.' : `${failed} rounds failed.`);
process.exitCode = failed === 0 ? 0 : 1;

/** One round: start, order, Ctrl-C, start, wait for every order. The data remain for the next round. */
async function play(variant: Variant, round: number, folder: string): Promise<void> {
  const name = `${variant} ${round}/${rounds}`;
  try {
    const first = await start(variant, folder);
    const accepted = await stopAmidOrders(first.baseUrl, first.interrupt);
    const second = await start(variant, folder);
    const { counts, faults } = await endingOf(second.running, variant, accepted);
    await second.interrupt();
    const ended = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
    console.log(`${name}: ${accepted.ids.length} accepted, ${ended.join(', ')}`);
    for (const fault of faults) console.log(`${name}: ${fault}`);
    if (faults.length > 0) failed += 1;
  } catch (error) {
    failed += 1;
    console.log(`${name}: ${oneLine(error)}`);
    if (shop?.child.exitCode === null) await shop.interrupt();
  }
}

async function start(variant: Variant, folder: string) {
  const flags = ['--only', variant, '--products', '3', '--port', String(port), '--persist'];
  shop = startCommand(['start', ...flags], folder);
  const output = await shop.printed('Ctrl-C');
  if (shop.child.exitCode !== null)
    throw new Error(`the shop did not start: ${output.slice(-1_000)}`);
  const running = await readRunning(folder);
  return { running, baseUrl: running.variants[variant] ?? '', interrupt: shop.interrupt };
}
