import { STSClient } from '@aws-sdk/client-sts';
import { UserError } from '@triptych/base/user-error';

/**
 * The region to work in: the flag, else `TRIPTYCH_REGION`, `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's region. It is
 * never guessed.
 * @throws UserError when none of them names a region
 */
export async function chooseRegion(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const named = flag ?? env.TRIPTYCH_REGION ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const region = named?.trim() || (await profileRegion());
  if (region === undefined) {
    throw new UserError(
      'No region is set: pass --region eu-central-1, or set AWS_REGION or the region of your profile.',
    );
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new UserError(`"${region}" is not the name of a region, as in eu-central-1.`);
  }
  return region;
}

async function profileRegion(): Promise<string | undefined> {
  const client = new STSClient({});
  try {
    return await client.config.region();
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}
