import { UserError } from '@triptych/base/user-error';
import { assume, loadPrices } from '@triptych/comparison/cost';
import { PartFindings } from '@triptych/comparison/data';
import { estimateFlags } from '@triptych/comparison/estimate/estimate-flags';
import { type MeasuredRun, measuredRun } from '@triptych/comparison/estimate/measured-run';
import { renderEstimate } from '@triptych/comparison/estimate/render-estimate';
import { billableTargets } from '@triptych/comparison/run/parts/cost';
import { awsTemplates } from '@triptych/comparison/run/templates';
import colors from 'picocolors';

/** `npm run estimate`: bills of a month, from measured figures and the templates. */
export async function estimate(args: string[]): Promise<void> {
  const { scenario, region, report, assumed: replaced } = estimateFlags(args);
  const run = measuredRun(report);
  const { assembly } = await awsTemplates();
  const assumed = assume(replaced);
  const conditions = { prices: loadPrices(region), assumed, scenario };
  const findings = new PartFindings('cost');
  const { targets, figures } = run.data;
  const billables = billableTargets(targets, assembly, figures, findings, assumed);
  if (billables.length === 0) {
    const [first] = findings.missing;
    throw new UserError(`No bill can be made from ${run.path}: ${first?.why}.`);
  }
  const { requestsPerMonth, peakToMean, freeTier, scaling } = scenario;
  console.log(
    `${requestsPerMonth.toLocaleString('en')} requests a month, the peak ${peakToMean} times the mean, tasks ${scaling === 'peak' ? 'for the peak all month' : 'as the load needs them'}`,
  );
  console.log(
    `List prices of ${region}, read on ${conditions.prices.read}; free allowances ${freeTier ? 'taken off' : 'not taken off'}`,
  );
  console.log(`Measured ${origin(run)}\n`);
  console.log(renderEstimate(billables, conditions, requestsPerMonth));
  for (const { target, what, why } of findings.missing) {
    console.log(colors.yellow(`${target}: no ${what.replace('the ', '')}, since ${why}.`));
  }
  const standIns = [...new Set(billables.flatMap(({ measured }) => measured.standIns))];
  if (standIns.length > 0) {
    console.log(colors.dim(`\nAssumed, since that run did not measure it: ${standIns.join(', ')}`));
  }
}

function origin({ data, path }: MeasuredRun): string {
  const { run, machine, targets } = data;
  const labels = [...new Set(targets.map(({ label }) => label))].join('; ');
  return `on ${run.startedAt.slice(0, 10)} on ${machine.cores} × ${machine.cpu} (${labels}), ${run.mode} run, ${path}`;
}
