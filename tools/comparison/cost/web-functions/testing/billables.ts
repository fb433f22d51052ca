import type { Inventory } from '../../inventory.ts';
import type { Measured } from '../../measured.ts';
import type { Billable } from '../../sweep.ts';
import { operations, type Workload } from '../../workload.ts';

const GB = 1024 ** 3;

/** One Web Function behind a CDN. */
export const webInventory: Inventory = {
  variant: 'serverless',
  architecture: 'arm64',
  tasks: [],
  functions: [],
  webFunctions: [{ service: 'catalog', maxEnvironments: 2, secrets: 1 }],
  front: 'cdn',
  loadBalancers: [],
  natGateways: 0,
  cdn: { functions: 0 },
  tables: [],
  secrets: 0,
  alarms: 0,
  dashboards: 0,
  kmsKeys: 0,
  firewalls: [],
};
/** A journey of ten requests, all of which it answers. */
export const webWorkload: Workload = {
  requestsPerJourney: 10,
  bytesOutPerJourney: GB / 1e4,
  cpuMs: {},
  operations: Object.fromEntries(operations.map((id) => [id, 0])) as Workload['operations'],
  functions: {},
  web: {
    catalog: {
      requestsPerJourney: 10,
      cpuMs: 20,
      memoryMb: 128,
      startCpuMs: 500,
      idleCpuMsPerSecond: 1,
    },
  },
  coldShareUnderLoad: 0,
  logBytesPerJourney: GB / 1e6,
  picturesPerJourney: 0,
};

function measured(at: Workload): Measured {
  return {
    at: { low: at, value: at, high: at },
    figures: [],
    standIns: [],
    derived: [],
    n: 30,
    kind: 'iqr',
  };
}

export const web: Billable = {
  target: 'serverless-web',
  inventory: webInventory,
  measured: measured(webWorkload),
};

/** The same without the Web Function, with dashboards at 3 USD each. */
export function fixedBill(dashboards: number): Billable {
  return {
    target: 'other',
    inventory: { ...webInventory, variant: 'hybrid', webFunctions: [], dashboards },
    measured: measured(webWorkload),
  };
}
