export { coordination } from './coordination.ts';
export { complexity, cost, deployment, faults, limits, shootOuts } from './counted-parts.ts';
export type { PartLayout, Row, Table } from './layout.ts';
export { behaviour, bursts, idle, latency, work } from './measured-parts.ts';
export { tablesOf } from './tables.ts';
