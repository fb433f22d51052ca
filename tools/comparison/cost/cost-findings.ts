import { PartFindings, type Spread } from '../data/index.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import type { Bill } from './bill.ts';
import { manyRequests } from './many-requests.ts';
import type { Measured } from './measured.ts';
import { type Billable, billAt, breakEven, type Conditions, SWEEP } from './sweep.ts';
import { describeUnknownRates } from './web-functions/rate-findings.ts';

/** Adds the cost figures and facts: bills over the sweep, line items, break-even points and assumptions. */
export function costFindings(
  billables: readonly Billable[],
  conditions: Conditions,
  into = new PartFindings('cost'),
): PartFindings {
  const isKnown = (one: Billable) =>
    Object.keys(billAt(one, conditions, SWEEP[0]).unpriced).length === 0;
  const known = billables.filter(isKnown);
  for (const one of known) describeTarget(one, conditions, into);
  for (const [at, a] of known.entries()) {
    for (const b of known.slice(at + 1)) describeBreakEven(a, b, conditions, into);
  }
  for (const one of billables) {
    if (known.includes(one)) continue;
    describeUnknownRates(one, known, conditions, into);
    const most = SWEEP[SWEEP.length - 1] ?? 0;
    describeTasks(one, most, billAt(one, conditions, most), into);
    describeSources(one, into);
  }
  describeConditions(billables, conditions, into);
  return into;
}

function describeTarget(one: Billable, conditions: Conditions, into: PartFindings): void {
  const { target, measured } = one;
  const points = SWEEP.map((requests) => {
    const bill = billAt(one, conditions, requests);
    const ends = {
      low: billAt(one, conditions, requests, 'low'),
      high: billAt(one, conditions, requests, 'high'),
    };
    const spread = spreadOf(bill.usd, ends.low.usd, ends.high.usd, measured);
    into.figure({
      target,
      what: `month/${requests}`,
      title: `Monthly bill for ${manyRequests(requests)} requests`,
      value: bill.usd,
      unit: 'USD/month',
      ...(measured.kind === 'exact' ? {} : { sampled: { n: measured.n, spread } }),
      origin: originOf(one, conditions),
      better: 'lower',
    });
    describeLines(one, requests, { bill, ...ends }, into);
    if (requests === SWEEP[SWEEP.length - 1]) describeTasks(one, requests, bill, into);
    return { x: requests, y: bill.usd, low: spread.low, high: spread.high };
  });
  into.draw({
    id: 'total',
    target,
    title: 'Monthly bill',
    x: { title: 'requests', unit: 'requests/month', log: true },
    y: { title: 'bill', unit: 'USD/month', log: true },
    points,
  });
  describeSources(one, into);
}

function describeSources({ target, measured }: Billable, into: PartFindings): void {
  for (const text of measured.derived)
    into.fact({ target, subject: 'Derived, not measured', text });
  for (const id of measured.standIns) {
    const { value, unit, why } = ASSUMPTIONS[id];
    into.fact({
      target,
      subject: 'Assumed instead of measured',
      text: `${id}: ${value} ${unit}; ${why}`,
    });
  }
}

function originOf({ measured }: Billable, { prices }: Conditions): string {
  return `prices of ${prices.region} read on ${prices.read}, times quantities from the templates and from ${measured.figures.length} figures of the parts ${[...new Set(measured.figures.map(({ part }) => part))].join(', ')}`;
}

function spreadOf(value: number, low: number, high: number, { kind }: Measured): Spread {
  return { kind, low: Math.min(low, value), high: Math.max(high, value) };
}

function describeLines(
  { target, measured }: Billable,
  requests: number,
  { bill, low, high }: { readonly bill: Bill; readonly low: Bill; readonly high: Bill },
  into: PartFindings,
): void {
  const usdIn = ({ lines }: Bill, id: string) => lines.find(({ price }) => price === id)?.usd ?? 0;
  for (const { price, title, quantity, unit, usd, source } of bill.lines) {
    const spread = spreadOf(usd, usdIn(low, price), usdIn(high, price), measured);
    into.figure({
      target,
      what: `line/${requests}/${price}`,
      title: `${title}, at ${manyRequests(requests)} requests`,
      value: usd,
      unit: 'USD/month',
      ...(spread.low < spread.high ? { sampled: { n: measured.n, spread } } : {}),
      origin: `${amount(quantity)} ${unit}; price: ${source}`,
      better: 'lower',
    });
  }
}

function amount(quantity: number): string {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 4 }).format(quantity);
}

/** Reports services whose peak needs more tasks or environments than scaling allows. The bill counts all of them. */
function describeTasks(
  { target, inventory }: Billable,
  requests: number,
  bill: Bill,
  into: PartFindings,
): void {
  const units = inventory.webFunctions.length > 0 ? 'environments' : 'tasks';
  for (const [service, { peak, most }] of Object.entries(bill.tasks)) {
    if (peak <= most) continue;
    into.fact({
      target,
      subject: 'Beyond the scaling limit',
      text: `${service} needs ${peak} ${units} at the peak of ${manyRequests(requests)} requests per month; its template allows ${most}`,
      ok: false,
    });
  }
}

function describeBreakEven(a: Billable, b: Billable, conditions: Conditions, into: PartFindings) {
  const found = breakEven(a, b, conditions);
  if (!found) {
    const [cheaper, other] =
      billAt(a, conditions, SWEEP[0]).usd < billAt(b, conditions, SWEEP[0]).usd ? [a, b] : [b, a];
    into.fact({
      subject: 'Break-even',
      text: `${cheaper.target} is cheaper than ${other.target} from ${manyRequests(SWEEP[0])} to ${manyRequests(SWEEP[SWEEP.length - 1] ?? 0)} requests per month, so there is no break-even in this range`,
    });
    return;
  }
  const { requests, low, high, below, above, crossings } = found;
  const n = Math.min(a.measured.n, b.measured.n);
  const kinds = new Set([a.measured.kind, b.measured.kind]);
  kinds.delete('exact');
  const kind = kinds.size === 1 ? ([...kinds][0] ?? 'exact') : 'min-max';
  into.figure({
    target: a.target,
    what: `break-even/${b.target}`,
    title: `${below} is cheaper below, ${above} above`,
    value: requests,
    unit: 'requests/month',
    sampled: { n, spread: { kind, low, high } },
    origin: `where the two bills are equal; interval: one bill at the low end of the measured spreads, the other at the high end${crossings > 1 ? `, up to the last of ${crossings} crossings, caused by whole tasks` : ''}`,
  });
}

/** Assumptions that are listed only if they replace a measurement. */
const STAND_INS_ONLY = new Set<string>([
  'coldShareUnderLoad',
  'logBytesPerRequest',
  'picturesPerJourney',
]);

function describeConditions(
  billables: readonly Billable[],
  { prices, scenario, assumed }: Conditions,
  into: PartFindings,
): void {
  const { peakToMean, freeTier, scaling } = scenario;
  into.fact({
    subject: 'Prices',
    text: `list prices of ${prices.region}, read on ${prices.read}; free tier ${freeTier ? 'subtracted' : 'not subtracted'}. ${prices.note}`,
  });
  into.fact({
    subject: 'Traffic',
    text: `the peak is ${peakToMean} times the mean; tasks ${scaling === 'peak' ? 'for the peak run all month' : 'follow the load without delay'}`,
  });
  for (const one of billables.filter(({ inventory }) => inventory.tasks.length > 0)) {
    const other = scaling === 'peak' ? 'follow' : 'peak';
    const conditions = { prices, assumed, scenario: { ...scenario, scaling: other } as const };
    const texts = [1e6, 1e8, 1e9].map(
      (requests) =>
        `$${Math.round(billAt(one, conditions, requests).usd).toLocaleString('en')} at ${manyRequests(requests)}`,
    );
    into.fact({
      target: one.target,
      subject:
        other === 'follow' ? 'If tasks followed the load' : 'If tasks for the peak ran all month',
      text: `${texts.join(', ')} requests per month`,
    });
  }
  const hasWeb = billables.some(({ inventory }) => inventory.webFunctions.length > 0);
  const standIns = new Set(billables.flatMap(({ measured }) => measured.standIns));
  for (const [id, { unit, why }] of Object.entries(ASSUMPTIONS)) {
    if (STAND_INS_ONLY.has(id) && !standIns.has(id as never)) continue;
    if (id.startsWith('web') && !hasWeb) continue;
    into.fact({
      subject: 'Assumed',
      text: `${id}: ${assumed[id as keyof typeof assumed]} ${unit}; ${why}`,
    });
  }
  into.fact({
    subject: 'Not in the bill',
    text: 'taxes, support, domain names, certificates, storage of container images, request bodies from the CDN to its origins, the payment provider',
  });
}
