import { architectureFrom } from '@triptych/build/architecture';
import type { Requirements } from '@triptych/shop/deploy/preflight';
import type { AssemblyStack } from '@triptych/shop/deploy/read-assembly';

/** The version that the CDK's default synthesizer requires (`MIN_BOOTSTRAP_STACK_VERSION` of aws-cdk-lib). */
export const BOOTSTRAP_VERSION = 6;
const CPU_UNITS_PER_VCPU = 1024;

/** What stacks require of the account and of this machine. */
export function requirementsOf(stacks: readonly AssemblyStack[]): Requirements {
  const vcpus = stacks.map(({ template }) => {
    const all = Object.values(template.Resources);
    const one = (type: string) => all.find(({ Type }) => Type === type)?.Properties ?? {};
    const cpu = Number(one('AWS::ECS::TaskDefinition').Cpu ?? 0);
    const desired = one('AWS::ECS::Service').DesiredCount;
    const tasks = Number(
      desired ?? one('AWS::ApplicationAutoScaling::ScalableTarget').MinCapacity ?? 0,
    );
    return (cpu / CPU_UNITS_PER_VCPU) * tasks;
  });
  const functions = stacks.flatMap(({ template }) =>
    Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function'),
  );
  return {
    bootstrapVersion: BOOTSTRAP_VERSION,
    fargateVcpus: vcpus.reduce((sum, count) => sum + count, 0),
    functions: functions.length,
    images: stacks.reduce((sum, { images }) => sum + images, 0),
    architecture: architectureFrom(process.env.TRIPTYCH_ARCHITECTURE),
  };
}
