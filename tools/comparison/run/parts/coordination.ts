import { COORDINATIONS } from '@triptych/context-map';
import { PartFindings } from '../../data/index.ts';
import { estimateQuantile } from '../../statistics/index.ts';
import type { MeasurePart, PartContext } from '../part.ts';
import { filesOf, linesOf } from './coordination/code-files.ts';
import { type Contender, startContender } from './coordination/contender.ts';
import { deployAmidOrders } from './coordination/deployment-amid-orders.ts';
import { functionMemory } from './coordination/function-memory.ts';
import { ORDERS, priceSources, usdPerMillionOrders } from './coordination/order-cost.ts';
import { QUANTITIES, type Quantity, quantitiesOf } from './coordination/order-quantities.ts';
import { type OrderSample, orderSamples } from './coordination/order-samples.ts';
import { showStuckOrder } from './coordination/stuck-order.ts';
import { addQuantiles } from './latency/add-quantiles.ts';

/** The share of the budget in which orders are measured. */
const ORDERS_SHARE = 0.6;

/** Compares the ways to coordinate a checkout: serverless with each of them, in local clouds of their own. */
export const measureCoordination: MeasurePart = async (context) => {
  const findings = new PartFindings('coordination');
  const until = performance.now() + context.budgetMs * ORDERS_SHARE;
  for (const name of COORDINATIONS) addCode(findings, name);
  const contenders: Contender[] = [];
  try {
    for (const [index, name] of COORDINATIONS.entries()) {
      const say = (what: string) =>
        context.progress(index, COORDINATIONS.length, `${name}: ${what}`);
      contenders.push(await startContender(name, say));
    }
    const samples = await orderSamples(contenders, context, until);
    for (const [contender, of] of samples) {
      if (of.length > 0) addOrders(findings, contender, of, context);
    }
    for (const contender of contenders) {
      if (context.signal.aborted) break;
      context.progress(0, 1, `${contender.name}: a stuck order`);
      await showStuckOrder(findings, contender, context.signal);
      context.progress(0, 1, `${contender.name}: a deployment`);
      await deployAmidOrders(findings, contender, context.signal);
    }
    return findings;
  } finally {
    await Promise.all(contenders.map((contender) => contender.stop()));
  }
};

function addCode(findings: PartFindings, name: (typeof COORDINATIONS)[number]): void {
  findings.figure({
    what: 'code-lines',
    target: name,
    title: 'Lines of code that only this coordination needs',
    value: linesOf(name),
    unit: 'lines',
    origin: `counted without blank lines, comments and tests: ${filesOf(name).join(', ')}`,
    better: 'lower',
  });
}

function addOrders(
  findings: PartFindings,
  { name, target }: Contender,
  samples: readonly OrderSample[],
  { seed }: PartContext,
): void {
  const method = `${samples.length} orders one after another, contenders in random order in each round; local, not AWS`;
  addQuantiles(findings, {
    ...{ target: name, what: 'order-confirmed', title: 'Order confirmed', seed },
    samplesMs: samples.map(({ confirmedMs }) => confirmedMs),
    origin: `from sending the request to the confirmation in the order's history; ${method}`,
    quantiles: ['p50', 'p95'],
  });
  addQuantiles(findings, {
    ...{ target: name, what: 'noise', title: 'Noise control', seed },
    samplesMs: samples.map(({ noiseMs }) => noiseMs),
    origin: 'one kilobyte from a plain node:http server, right before each order',
    quantiles: ['p50', 'p95'],
  });
  const memoryOf = functionMemory(target.local.shop.assembly);
  const quantities = samples.map(({ operations }) => quantitiesOf(operations, memoryOf));
  const counted = `median of ${samples.length} orders; counted by the local cloud as AWS bills, until 0.3 s after the confirmation, with the client's polls every 50 ms`;
  const add = (
    what: string,
    title: string,
    unit: string,
    values: readonly number[],
    origin: string,
  ) => {
    const { value, low, high, n } = estimateQuantile(values, 0.5, { seed });
    const sampled = { n, spread: { kind: 'ci95' as const, low, high } };
    findings.figure({ what, target: name, title, value, unit, sampled, origin, better: 'lower' });
  };
  for (const [what, title] of Object.entries(QUANTITIES) as [Quantity, string][]) {
    const unit = what === 'gb-seconds' ? 'GB-s' : what === 'durable-bytes' ? 'bytes' : 'count';
    add(
      `per-order/${what}`,
      title,
      unit,
      quantities.map((one) => one[what]),
      counted,
    );
  }
  add(
    'usd-per-million-orders',
    'Cost of a million orders, without the load balancer, storage and idle costs',
    'USD',
    quantities.map(usdPerMillionOrders),
    `${counted}; ${ORDERS.toLocaleString('en-US')} × the price of an order; ${priceSources()}`,
  );
}
