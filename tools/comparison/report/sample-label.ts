import type { ReportData } from '../data/index.ts';

/** Date and machine of the sample report: `2026-11-23, on Intel(R) Xeon(R) Processor @ 2.50GHz, 2 cores`. */
export function sampleLabel({ run, machine }: ReportData): string {
  return `${run.startedAt.slice(0, 10)}, on ${machine.cpu}, ${machine.cores} cores`;
}

/** The sentence above figures of the sample report. */
export function sampleNote(sample: ReportData): string {
  return `This run did not measure this part. The figures below are from the sample report, measured on ${sampleLabel(sample)}. They are not from this machine and not from this code.`;
}
