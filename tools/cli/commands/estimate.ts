import { UserError } from '@triptych/base/user-error';
import { assume, loadPrices, withWebRates } from '@triptych/comparison/cost';
import { PartFindings } from '@triptych/comparison/data';
import { estimateFlags } from '@triptych/comparison/estimate/estimate-flags';
import { type MeasuredRun, measuredRun } from '@triptych/comparison/estimate/measured-run';
import { renderEstimate } from '@triptych/comparison/estimate/render-estimate';
import { billableTargets } from '@triptych/comparison/run/parts/cost';
import { awsTemplates } from '@triptych/comparison/run/templates';
import colors from 'picocolors';

/** `npm run estimate`: prints each variant's monthly bill, from measured figures and the templates. */
export async function estimate(args: string[]): Promise<void> {
  const { scenario, region, report, assumed: replaced, rates } = estimateFlags(args);
  const run = measuredRun(report);
  const assumed = assume(replaced);
  const listed = loadPrices(region);
  const prices = rates ? withWebRates(listed, rates) : listed;
  const conditions = { prices, assumed, scenario };
  const findings = new PartFindings('cost');
  const { targets, figures } = run.data;
  const templates = await awsTemplates(targets);
  const billables = billableTargets(targets, templates, figures, findings, replaced);
  if (billables.length === 0) {
    const [first] = findings.missing;
    throw new UserError(`Cannot estimate a bill from ${run.path}: ${first?.why}.`);
  }
  const { requestsPerMonth, peakToMean, freeTier, scaling } = scenario;
  console.log(
    `${requestsPerMonth.toLocaleString('en')} requests a month; peak ${peakToMean} times the mean; tasks ${scaling === 'peak' ? 'sized for the peak all month' : 'scaled with the load'}`,
  );
  console.log(
    `List prices of ${region}, read on ${conditions.prices.read}; free tier ${freeTier ? 'subtracted' : 'not subtracted'}`,
  );
  console.log(`Measured ${origin(run)}\n`);
  console.log(renderEstimate(billables, conditions, requestsPerMonth));
  for (const { target, what, why } of findings.missing) {
    console.log(colors.yellow(`${target}: no ${what.replace('the ', '')}, because ${why}.`));
  }
  const standIns = [...new Set(billables.flatMap(({ measured }) => measured.standIns))];
  if (standIns.length > 0) {
    console.log(colors.dim(`\nAssumed because the run did not measure it: ${standIns.join(', ')}`));
  }
}

function origin({ data, path }: MeasuredRun): string {
  const { run, machine, targets } = data;
  const labels = [...new Set(targets.map(({ label }) => label))].join('; ');
  return `on ${run.startedAt.slice(0, 10)} on ${machine.cores} × ${machine.cpu} (${labels}), ${run.mode} run, ${path}`;
}
