import colors from 'picocolors';
import type { DockerAnswer } from './ask-docker.ts';
import type { AccountFacts } from './ports.ts';

/** The result of one check: what was found and, for a failure, how to mend it. */
export interface Check {
  readonly name: string;
  /** `unknown` is a warning, which does not stop a deployment. */
  readonly result: 'ok' | 'failed' | 'unknown';
  readonly detail: string;
  readonly mend?: string;
}

/** What the templates require of the account. */
export interface Requirements {
  /** The version of the bootstrap stack that the CDK's assembly names. */
  readonly bootstrapVersion: number;
  /** vCPUs of all container tasks, at the number of tasks that a deployment starts. */
  readonly fargateVcpus: number;
  readonly functions: number;
  readonly images: number;
  readonly architecture: 'arm64' | 'x86_64';
}

/** The settings that pin the account. */
export interface PinnedAccount {
  /** `TRIPTYCH_ACCOUNT` */
  readonly account?: string | undefined;
}

/** Checks credentials, account and bootstrap, in this order. Without credentials there are no further checks. */
export async function checkAccount(
  facts: AccountFacts,
  pinned: PinnedAccount,
  bootstrapVersion: number,
): Promise<{ checks: Check[]; account?: string }> {
  const { region } = facts;
  let identity: Awaited<ReturnType<AccountFacts['identity']>>;
  try {
    identity = await facts.identity();
  } catch (error) {
    return { checks: [noCredentials(error as Error)] };
  }
  const { account, arn } = identity;
  const checks: Check[] = [{ name: 'credentials', result: 'ok', detail: arn }];
  if (pinned.account && pinned.account !== account) {
    const detail = `the credentials belong to ${account}, but TRIPTYCH_ACCOUNT is ${pinned.account}`;
    const mend = 'use the profile of that account (--profile), or correct TRIPTYCH_ACCOUNT';
    return { checks: [...checks, { name: 'account', result: 'failed', detail, mend }], account };
  }
  checks.push({ name: 'account', result: 'ok', detail: account });
  checks.push({ name: 'region', result: 'ok', detail: region });
  checks.push(await checkBootstrap(facts, account, bootstrapVersion));
  return { checks, account };
}

function noCredentials(error: Error): Check {
  const region = /region/i.test(error.message) && /opt|disabled|not enabled/i.test(error.message);
  return {
    name: 'credentials',
    result: 'failed',
    detail: error.message.split('\n', 1)[0] ?? '',
    mend: region
      ? 'enable the region for the account, or choose another one with --region'
      : 'log in (`aws sso login` or `aws configure`), or name a profile with --profile',
  };
}

async function checkBootstrap(
  { bootstrapVersion, region }: AccountFacts,
  account: string,
  needed: number,
): Promise<Check> {
  const mend = `run \`npx cdk bootstrap aws://${account}/${region}\` once`;
  const name = 'bootstrap';
  try {
    const version = await bootstrapVersion();
    if (version === undefined) {
      return { name, result: 'failed', detail: 'the region is not bootstrapped for the CDK', mend };
    }
    return version < needed
      ? { name, result: 'failed', detail: `version ${version}, but ${needed} is needed`, mend }
      : { name, result: 'ok', detail: `version ${version}` };
  } catch (error) {
    const detail = `cannot read the version: ${(error as Error).message}`;
    return { name, result: 'failed', detail, mend: `allow ssm:GetParameter, or ${mend}` };
  }
}

/** A quota with the share of it that a deployment needs. */
interface QuotaNeed {
  readonly service: string;
  readonly code: string;
  readonly title: string;
  readonly needed: number;
  /** What happens with a lower quota; absent if the deployment fails. */
  readonly otherwise?: string;
}

/**
 * One concurrent execution for each function, and the vCPUs of all tasks. New accounts begin with fewer executions than the
 * documented 1,000 (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
function quotaNeeds({ fargateVcpus, functions }: Requirements): QuotaNeed[] {
  const needs = [
    {
      service: 'lambda',
      code: 'L-B99A9384',
      title: 'concurrent executions of Lambda',
      needed: functions,
      otherwise: 'Lambda throttles requests under load',
    },
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
    {
      service: 'fargate',
      code: 'L-3032A538',
      title: 'vCPUs of Fargate',
      needed: fargateVcpus,
    },
  ];
  return needs.filter(({ needed }) => needed > 0);
}

/** Checks the quotas that a deployment can exceed. Where Service Quotas cannot answer, the result is unknown. */
export function checkQuotas(facts: AccountFacts, requirements: Requirements): Promise<Check[]> {
  return Promise.all(
    quotaNeeds(requirements).map(async (need): Promise<Check> => {
      const { service, code, title, needed, otherwise } = need;
      try {
        const quota = await facts.quota(service, code);
        const detail = `${quota} ${title}; the deployment starts with ${needed}`;
        if (quota >= needed) return { name: 'quota', result: 'ok', detail };
        const mend = `raise the quota ${code} of ${service} in Service Quotas`;
        const result = otherwise === undefined ? 'failed' : 'unknown';
        const consequence = otherwise === undefined ? '' : `: ${otherwise}`;
        return { name: 'quota', result, detail: `${detail}${consequence}`, mend };
      } catch (error) {
        const reason = (error as Error).message.split('\n', 1)[0];
        const detail = `Service Quotas does not say how many ${title} there are (${reason})`;
        return { name: 'quota', result: 'unknown', detail };
      }
    }),
  );
}

const PLATFORM = { arm64: 'arm64', x86_64: 'amd64' } as const;

/** Checks that Docker can build the images. Without images, there is nothing to check. */
export function checkDocker({ images, architecture }: Requirements, answer: DockerAnswer): Check[] {
  if (images === 0) return [];
  const name = 'docker';
  if ('problem' in answer) {
    const mend = 'install and start Docker, or deploy serverless, which has no images';
    return [{ name, result: 'failed', detail: answer.problem, mend }];
  }
  const wanted = PLATFORM[architecture];
  const detail = `${answer.version} on ${answer.architecture}, for ${images} images of linux/${wanted}`;
  if (answer.architecture === wanted) return [{ name, result: 'ok', detail }];
  return [
    {
      name,
      result: 'unknown',
      detail: `${detail}: building for another processor needs QEMU`,
      mend: `\`docker run --privileged --rm tonistiigi/binfmt --install ${wanted}\`, or TRIPTYCH_ARCHITECTURE=${architecture === 'arm64' ? 'x86_64' : 'arm64'}`,
    },
  ];
}

/** The settings that decide who reaches the load balancer of microservices. */
export interface ReachSettings {
  /** `TRIPTYCH_DOMAIN`, which has a certificate. */
  readonly domain?: string | undefined;
  readonly certificateArn?: string | undefined;
  /** `TRIPTYCH_ALLOW_CIDR`; by default, nobody is admitted. */
  readonly allowCidr?: string | undefined;
  /** `TRIPTYCH_INTERNAL_URL_MICROSERVICES` */
  readonly internalUrl?: string | undefined;
}

/** Checks that somebody reaches microservices, and that its own tasks do. Other variants have an edge that all reach. */
export function checkReach(isWanted: boolean, settings: ReachSettings): Check[] {
  const { domain, certificateArn, allowCidr, internalUrl } = settings;
  if (!isWanted || domain || certificateArn) return [];
  const name = 'reach';
  if (!allowCidr || allowCidr.startsWith('127.')) {
    const detail = 'without a certificate, the load balancer of microservices admits nobody';
    const mend =
      'set TRIPTYCH_DOMAIN, or TRIPTYCH_ALLOW_CIDR for your own address (docs/template-settings.md)';
    return [{ name, result: 'failed', detail, mend }];
  }
  const detail = `the load balancer of microservices answers ${allowCidr} over plain HTTP`;
  if (internalUrl) return [{ name, result: 'unknown', detail }];
  const mend = 'set TRIPTYCH_INTERNAL_URL_MICROSERVICES too, or use a certificate';
  const consequence = ', but not its own tasks, so that log-ins fail';
  return [{ name, result: 'unknown', detail: `${detail}${consequence}`, mend }];
}

const SIGN = {
  ok: colors.green('✓'),
  failed: colors.red('✗'),
  unknown: colors.yellow('?'),
} as const;

/** One line for each check. */
export function renderChecks(checks: readonly Check[]): string[] {
  return checks.map(({ name, result, detail, mend }) => {
    const advice = mend === undefined ? '' : ` → ${mend}`;
    return `  ${SIGN[result]} ${name.padEnd(12)} ${detail}${advice}`;
  });
}

/** Whether a check stops the deployment. */
export function stops(checks: readonly Check[]): boolean {
  return checks.some(({ result }) => result === 'failed');
}
