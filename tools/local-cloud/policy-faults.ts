import { resolve, type Scope } from './cloudformation/intrinsics.ts';
import { createKernel } from './create-kernel.ts';
import { PERMISSION_PROVIDERS } from './permissions/index.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A template as it was synthesized. */
export interface PolicyTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, Output>>;
}

interface Output {
  readonly Value: unknown;
  readonly Export?: { readonly Name: unknown };
}

/** Roles name the managed policies of their template, so these come first. */
const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';

/** Types whose `Ref` is an ARN, each by its page of CloudFormation's template reference. */
const REF_IS_ARN = new Set([
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
  'AWS::SecretsManager::Secret',
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
  'AWS::StepFunctions::StateMachine',
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html
  'AWS::Lambda::Alias',
]);

/** The names of a template's exports that are ARNs, because they are references to such a type. */
export function exportedArns({ Resources, Outputs = {} }: PolicyTemplate): string[] {
  return Object.values(Outputs).flatMap(({ Value, Export }) => {
    const { Ref = '' } = Value as { readonly Ref?: string };
    const isArn = REF_IS_ARN.has(Resources[Ref]?.Type ?? '');
    return isArn && typeof Export?.Name === 'string' ? [Export.Name] : [];
  });
}

/**
 * What the evaluator of policies does not understand in a template: the message of each role, policy and permission that the
 * local cloud would reject. Nothing is deployed, so references are replaced by names and ARNs in the form that they have.
 * @param arns the exports of other stacks that are ARNs
 */
export async function policyFaults(
  stack: string,
  template: PolicyTemplate,
  arns: ReadonlySet<string>,
): Promise<string[]> {
  const { kernel } = createKernel({ root: '/', enforcesPermissions: true });
  const resources = Object.entries(template.Resources).sort(
    ([, a], [, b]) => Number(b.Type === MANAGED_POLICY) - Number(a.Type === MANAGED_POLICY),
  );
  const scope = placeholders(stack, arns);
  const faults: string[] = [];
  for (const [logicalId, { Type, Properties = {} }] of resources) {
    const provider = PERMISSION_PROVIDERS.find(({ type }) => type === Type);
    if (!provider) continue;
    try {
      const properties = resolve(Properties, scope) as Record<string, unknown>;
      const unknown = Object.keys(properties).find((name) => !(name in provider.properties));
      if (unknown !== undefined) throw new Error(`the property ${unknown} is not supported`);
      await provider.create({ kernel, stack, logicalId, properties, metadata: {} });
    } catch (error) {
      faults.push(`${stack}/${logicalId} (${Type}): ${(error as Error).message}`);
    }
  }
  return faults;
}

/** References of a template that is not deployed. */
function placeholders(stack: string, arns: ReadonlySet<string>): Scope {
  const known = new Map([
    ['AWS::AccountId', '000000000000'],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', 'us-east-1'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', stack],
  ]);
  const arn = (name: string) => `arn:aws:iam::000000000000:role/${name.replaceAll(':', '-')}`;
  return {
    ref: (name) => known.get(name) ?? name,
    getAtt: (logicalId, attribute) => (attribute.endsWith('Arn') ? arn(logicalId) : logicalId),
    condition: () => true,
    findInMap: (map, first, second) => [map, first, second].join('-'),
    importValue: (name) => (arns.has(name) || /Arn[0-9A-F]*$/.test(name) ? arn(name) : name),
    availabilityZones: (region) => [`${region}a`, `${region}b`],
  };
}
