import type { Scope } from '@triptych/local-cloud/templates';
import { ACCOUNT_ID, REGION } from '../aws.ts';

/** A resource that its own service has confirmed. */
export interface Deployed {
  readonly type: string;
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The values that a template's references resolve to after its stack and the stacks it imports from are deployed.
 * @param deployed the resources of the stack itself; may be extended later
 */
export function deployedScope(
  stack: string,
  deployed: ReadonlyMap<string, Deployed>,
  exports: ReadonlyMap<string, string>,
): Scope {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': ACCOUNT_ID,
    'AWS::Partition': 'aws',
    'AWS::Region': REGION,
    'AWS::StackName': stack,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const missing = (what: string): never => {
    throw new Error(`${stack} refers to ${what}, which LocalStack does not have`);
  };
  return {
    ref: (name) => pseudo[name] ?? deployed.get(name)?.physicalId ?? missing(name),
    getAtt: (id, attribute) =>
      deployed.get(id)?.attributes[attribute] ?? missing(`${id}.${attribute}`),
    importValue: (name) => exports.get(name) ?? missing(`the export ${name}`),
    condition: (name) => missing(`condition ${name}`),
    findInMap: (map) => missing(`mapping ${map}`),
    availabilityZones: () => missing('availability zones'),
  };
}
