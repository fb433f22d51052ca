/**
 * `node tests/run/restart-amid-orders.ts [--rounds 10] [--only variant,…] [--port 7000]`: stops `npm start -- --persist` with
 * Ctrl-C amid orders and starts it again, several times per variant. Every accepted order must end. Works in a copy of the
 * repository, so that your own data are not touched. `npm test` contains one round (tests/cli/persist.test.ts).
 */
import { parseArgs } from 'node:util';
import { oneLine } from '@triptych/base/user-error';
import { parseVariants, type Variant } from '@triptych/base/variants';
import { readRunning, type Running as Shop } from '@triptych/shop/control/running';
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
const MAX_STARTS = 3;
let failed = 0;
let shop: Running | undefined;

for (const variant of parseVariants(values.only)) {
  const copy = await copyOfRepository();
  try {
    await play(variant, copy.folder);
  } catch (error) {
    failed += 1;
    console.log(`${variant}: ${oneLine(error)}`);
  } finally {
    if (shop?.child.exitCode === null) await shop.interrupt();
    await copy.remove();
  }
}
console.log(failed === 0 ? 'Every accepted order ended.' : `${failed} rounds failed.`);
process.exitCode = failed === 0 ? 0 : 1;

/** Starts a variant once, and again in each round. It keeps its data over all rounds. */
async function play(variant: Variant, folder: string): Promise<void> {
  let running = await start(variant, folder);
  for (let round = 1; round <= rounds; round += 1) {
    const name = `${variant} ${round}/${rounds}`;
    const accepted = await stopAmidOrders(running.variants[variant] ?? '', stop);
    running = await start(variant, folder);
    const { counts, faults } = await endingOf(running, variant, accepted);
    const ended = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
    console.log(`${name}: ${accepted.ids.length} accepted, ${ended.join(', ')}`);
    for (const fault of faults) console.log(`${name}: ${fault}`);
    if (faults.length > 0) failed += 1;
  }
}

/** Retries if the machine is too busy for the shop to start. @throws Error when no attempt succeeds */
async function start(variant: Variant, folder: string): Promise<Shop> {
  const flags = ['--only', variant, '--products', '3', '--port', String(port), '--persist'];
  for (let attempt = 1; ; attempt += 1) {
    shop = startCommand(['start', ...flags], folder);
    const output = await shop.printed('Ctrl-C');
    if (shop.child.exitCode === null) return readRunning(folder);
    const message = `the shop did not start: ${output.slice(-1_000)}`;
    if (attempt === MAX_STARTS) throw new Error(message);
    console.log(`${variant}: ${message}`);
  }
}

/** @throws Error when the shop does not end in order */
async function stop(): Promise<void> {
  const code = await shop?.interrupt();
  if (code !== 0) throw new Error(`Ctrl-C ended the shop with code ${code}`);
}
