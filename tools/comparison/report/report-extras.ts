import type { ReportData } from '../data/index.ts';
import type { Against } from './against.ts';

/** What a report shows besides the run itself. */
export interface ReportExtras {
  /** The comparison with an older run, from `compareRuns`. */
  readonly against?: Against;
  /** The sample report, shown and labelled where the run measured nothing. */
  readonly sample?: ReportData;
}
