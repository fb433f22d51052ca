import { VARIANTS, type Variant } from './variants.ts';

/** The value of the tag `triptych:stage` when the settings name no stage. */
export const DEFAULT_STAGE = 'default';

/**
 * What the name of a stage must be. Without a hyphen, and different from every variant, no prefix of
 * one stage's stacks is a prefix of another's.
 */
export const STAGE_FORM =
  'at most 12 lower-case letters and digits, starting with a letter, ' +
  `and not ${[DEFAULT_STAGE, ...VARIANTS].join(', ')}`;

/** Whether `value` may name a stage: see {@link STAGE_FORM}. */
export function isStageName(value: string): boolean {
  const reserved: readonly string[] = [DEFAULT_STAGE, ...VARIANTS];
  return /^[a-z][a-z0-9]{0,11}$/.test(value) && !reserved.includes(value);
}

/** The start of the names of a variant's stacks: `triptych-hybrid-`, or `triptych-trial-hybrid-` of the stage `trial`. */
export function stackPrefix(variant: Variant, stage?: string): string {
  return `triptych-${stage === undefined ? '' : `${stage}-`}${variant}-`;
}

/** The name of a stack: `triptych-hybrid-state`, or `triptych-trial-hybrid-state` of the stage `trial`. */
export function stackName(variant: Variant, part: string, stage?: string): string {
  return `${stackPrefix(variant, stage)}${part}`;
}
