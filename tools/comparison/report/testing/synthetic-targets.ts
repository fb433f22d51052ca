import { VARIANTS } from '@triptych/context-map';
import type { ReportData, Target } from '../../data/index.ts';

/** Three targets that do not exist. */
export const syntheticTargets: readonly Target[] = VARIANTS.map((variant, at) => ({
  name: variant,
  variant,
  kind: 'local',
  baseUrl: `http://synthetic.invalid:${4001 + at}`,
  label: 'synthetic, not measured',
}));

/** The factor of each target in an invented figure. */
export const factors: Record<string, number> = { microservices: 1, serverless: 2.4, hybrid: 1.2 };

export const syntheticRun: Pick<ReportData, 'version' | 'run' | 'machine'> = {
  version: 1,
  run: {
    id: '2026-01-01T00-00-00',
    mode: 'full',
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:18:20.000Z',
    seed: 1,
    commit: '0000000000000000000000000000000000000000',
    interrupted: false,
    command: 'none: invented for tests',
  },
  machine: {
    cpu: 'Synthetic CPU',
    cores: 2,
    memoryMiB: 8192,
    os: 'Synthetic OS',
    node: '24.0.0',
  },
};
