import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { isStageName, STAGE_FORM } from '@triptych/context-map';
import { chooseRegion } from '@triptych/shop/deploy/aws/choose-region';
import type { Deployment } from '@triptych/shop/deploy/ports';

/** The flags of commands that work with a deployment on AWS. */
export const AWS_FLAGS = {
  stage: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const;

/** Their lines in a usage text. */
export const AWS_USAGE = `  --stage trial      a second copy, with its own names (default: TRIPTYCH_STAGE, or none)
  --region r         the region (default: TRIPTYCH_REGION, AWS_REGION, or the profile's region)
  --profile p        a profile of your AWS configuration`;

export interface AwsTarget {
  readonly region: string;
  readonly stage?: string;
}

/**
 * Reads the flags, and sets the environment from them, for the clients and for the programs that a command starts.
 * @throws UserError when no region is set, or the stage is not a name
 */
export async function awsTarget(flags: {
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}): Promise<AwsTarget> {
  if (flags.profile !== undefined) process.env.AWS_PROFILE = flags.profile;
  const region = await chooseRegion(flags.region, process.env);
  process.env.AWS_REGION = region;
  const stage = stageFrom(flags.stage);
  if (stage === undefined) return { region };
  process.env.TRIPTYCH_STAGE = stage;
  return { region, stage };
}

/** The stage of a flag, else of `TRIPTYCH_STAGE`, or undefined. @throws UserError when it is not a name */
export function stageFrom(flag: string | undefined): string | undefined {
  const stage = (flag ?? process.env.TRIPTYCH_STAGE)?.trim();
  if (!stage) return undefined;
  if (isStageName(stage)) return stage;
  throw new UserError(`--stage takes ${STAGE_FORM}, not "${stage}".`);
}

/** The deployment of a variant that the flags select. */
export function deploymentOf(variant: Variant, { stage }: AwsTarget): Deployment {
  return stage === undefined ? { variant } : { variant, stage };
}
