import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { BOOTSTRAP_PARAMETER } from '@triptych/build/run-cdk';
import type { AccountFacts } from '../ports.ts';

/** The facts of the account that the environment's credentials belong to. */
export function awsAccountFacts(region: string): AccountFacts & { close(): void } {
  const sts = new STSClient({ region });
  const ssm = new SSMClient({ region });
  const quotas = new ServiceQuotasClient({ region });
  return {
    region,
    async identity() {
      const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
      return { account: Account, arn: Arn };
    },
    async bootstrapVersion() {
      try {
        const read = new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER });
        return Number((await ssm.send(read)).Parameter?.Value);
      } catch (error) {
        if ((error as Error).name === 'ParameterNotFound') return undefined;
        throw error;
      }
    },
    async quota(ServiceCode, QuotaCode) {
      const { Quota } = await quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));
      if (Quota?.Value === undefined) throw new Error('Service Quotas returned no value');
      return Quota.Value;
    },
    close: () => {
      for (const one of [sts, ssm, quotas]) one.destroy();
    },
  };
}
