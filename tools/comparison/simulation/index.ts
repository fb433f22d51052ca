/** Predicts what the variants do under any traffic. */
export { assumeForSimulation } from './models/assumptions.ts';
export { simulationFindings } from './run/findings.ts';
export { simulationHtml } from './run/render-html.ts';
export { renderSimulation, type SimulatedBills } from './run/render-text.ts';
export { simulateAll, WEB_TARGET } from './run/simulate-all.ts';
export { type SimulateOptions, simulateFlags } from './run/simulate-flags.ts';
