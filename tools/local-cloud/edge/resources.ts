import { readFile } from 'node:fs/promises';
import type { CreatedResource } from '../kernel.ts';

/** What is deployed in another cloud, as `npm run deploy -- … --to localstack --write-env` writes it down. */
export interface DeployedElsewhere {
  /** Address of its AWS services. */
  readonly endpoint: string;
  /** By stack and logical id. */
  readonly stacks: Readonly<Record<string, Readonly<Record<string, ElsewhereResource>>>>;
}

export interface ElsewhereResource {
  readonly type: string;
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** @throws Error in one line when the file is not there or is not what the deployment writes */
export async function readResources(file: string): Promise<DeployedElsewhere> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Error(`${file} cannot be read: has the deployment ended?`, { cause });
  });
  const { endpoint, stacks } = JSON.parse(text) as Partial<DeployedElsewhere>;
  if (!endpoint || !URL.canParse(endpoint) || typeof stacks !== 'object') {
    throw new Error(`${file} names no endpoint and stacks: deploy again.`);
  }
  return { endpoint, stacks };
}

/** A resource that is there already: what `Ref` and `Fn::GetAtt` give. */
export function elsewhere(
  { stacks }: DeployedElsewhere,
  stack: string,
  logicalId: string,
): CreatedResource | undefined {
  const found = stacks[stack]?.[logicalId];
  return found && { physicalId: found.physicalId, attributes: found.attributes };
}

/** The address of the stage of a stack's REST API, if it has one. */
export function stageUrlOf({ stacks }: DeployedElsewhere, stack: string): string | undefined {
  const resources = Object.values(stacks[stack] ?? {});
  return resources.find(({ type }) => type === 'AWS::ApiGateway::RestApi')?.attributes.StageUrl;
}
