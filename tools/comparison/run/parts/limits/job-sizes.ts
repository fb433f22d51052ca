import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPrices, type PriceId } from '../../../cost/index.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** The cost of a second of the job, and of an invocation, where the job runs. */
export interface JobSize {
  readonly words: string;
  readonly usdPerSecond: number;
  readonly usdPerInvocation: number;
}

const REGION = 'us-east-1';

/**
 * Reads the size of a variant's images service from its template and prices it at list prices for ARM.
 * @throws Error if the template has neither a function nor a task
 */
export async function jobSize(assembly: string, variant: string): Promise<JobSize> {
  const file = join(assembly, `triptych-${variant}-images.template.json`);
  const { Resources } = JSON.parse(await readFile(file, 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  const { prices } = loadPrices(REGION);
  const price = (id: PriceId) => (prices[id].tiers[0]?.usd ?? 0) / prices[id].per;
  const http = Resources.Http;
  if (http?.Type === 'AWS::Lambda::Function') {
    const memoryMb = Number(http.Properties.MemorySize);
    return {
      words: `function of ${memoryMb} MB, ${String(http.Properties.Timeout)} s`,
      usdPerSecond: (memoryMb / 1024) * price('lambda-gb-seconds-arm64'),
      usdPerInvocation: price('lambda-requests'),
    };
  }
  const task = Object.values(Resources).find(({ Type }) => Type === 'AWS::ECS::TaskDefinition');
  if (!task) throw new Error(`${file} has neither a function nor a task`);
  const [cpu, memoryMb] = [Number(task.Properties.Cpu), Number(task.Properties.Memory)];
  const perHour =
    (cpu / 1024) * price('fargate-vcpu-hours-arm64') +
    (memoryMb / 1024) * price('fargate-gb-hours-arm64');
  return {
    words: `task of ${cpu / 1024} vCPU and ${memoryMb} MB`,
    usdPerSecond: perHour / 3600,
    usdPerInvocation: 0,
  };
}
