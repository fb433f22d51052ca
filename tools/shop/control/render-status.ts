import colors from 'picocolors';
import type { ShopStatus } from './control-routes.ts';

/** What can be broken in a running shop, and what is broken now. */
export function renderStatus(status: ShopStatus): string {
  const rows = Object.entries(status.services).flatMap(([variant, services]) => [
    `${colors.bold(variant.padEnd(14))}${status.variants[variant]}`,
    ...services.map((service) => {
      const stack = `triptych-${variant}-${service}`;
      const pids = status.processes.filter((found) => found.stack === stack).map(({ pid }) => pid);
      const running = pids.length === 0 ? 'no running process' : `process ${pids.join(', ')}`;
      return `  ${service.padEnd(12)}${running}`;
    }),
  ]);
  return [
    ...rows,
    `${colors.bold('AWS services'.padEnd(14))}${status.awsServices.join(', ')}`,
    renderFaults(status.faults),
  ].join('\n');
}

/** The faults that are injected now, in the words of `npm run break`. */
export function renderFaults(faults: ShopStatus['faults']): string {
  const active = [
    ...(faults.addLatencyMs > 0 ? [`slow ${faults.addLatencyMs}`] : []),
    ...(faults.away.length > 0 ? [`cut-off ${faults.away.join(',')}`] : []),
    ...(faults.dropAnswers > 0 ? [`drop-answers ${faults.dropAnswers}`] : []),
    ...(faults.throttleDynamo > 0 ? [`throttle ${faults.throttleDynamo}`] : []),
    ...(faults.duplicateDeliveries > 0 ? [`duplicate ${faults.duplicateDeliveries}`] : []),
    ...(faults.reorderDeliveries ? ['reorder'] : []),
  ];
  const text =
    active.length === 0 ? 'none' : `${active.join('; ')} (end with npm run break -- heal)`;
  return `${colors.bold('faults'.padEnd(14))}${text}`;
}
