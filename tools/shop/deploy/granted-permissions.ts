import type { Template, TemplateResource } from './ports.ts';

/** What a template allows someone to do. */
export interface Grant {
  readonly stack: string;
  /** A role's logical ID, or the principal of a resource policy. */
  readonly who: string;
  readonly effect: string;
  readonly actions: readonly string[];
  /** Logical IDs, exports or ARNs of the resources. */
  readonly resources: readonly string[];
  readonly conditional: boolean;
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

interface Policy {
  readonly Statement: Statement | readonly Statement[];
}

/** Every permission in a template: policies of roles, policies of resources, permissions of functions. */
export function grantsOf(stack: string, template: Template): Grant[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => [
    ...ofRole(stack, id, resource),
    ...ofPolicy(stack, resource),
    ...ofResourcePolicy(stack, resource),
    ...ofFunction(stack, resource),
  ]);
}

function ofRole(stack: string, id: string, { Type, Properties = {} }: TemplateResource): Grant[] {
  if (Type !== 'AWS::IAM::Role') return [];
  const inline = (Properties.Policies ?? []) as { readonly PolicyDocument: Policy }[];
  const managed = ((Properties.ManagedPolicyArns ?? []) as unknown[]).map(
    (arn): Grant => ({
      stack,
      who: id,
      effect: 'Allow',
      actions: [`managed policy ${nameOf(arn)}`],
      resources: [],
      conditional: false,
    }),
  );
  return [
    ...inline.flatMap(({ PolicyDocument }) => ofStatements(stack, PolicyDocument, () => id)),
    ...managed,
  ];
}

function ofPolicy(stack: string, { Type, Properties = {} }: TemplateResource): Grant[] {
  if (Type !== 'AWS::IAM::Policy' && Type !== 'AWS::IAM::ManagedPolicy') return [];
  const roles = ((Properties.Roles ?? []) as unknown[]).map(nameOf).join(', ');
  return ofStatements(stack, Properties.PolicyDocument as Policy, () => roles);
}

const RESOURCE_POLICIES = new Set([
  'AWS::SQS::QueuePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::KMS::Key',
]);

function ofResourcePolicy(stack: string, { Type, Properties = {} }: TemplateResource): Grant[] {
  if (!RESOURCE_POLICIES.has(Type)) return [];
  const policy = Properties.PolicyDocument ?? Properties.ResourcePolicy ?? Properties.KeyPolicy;
  return ofStatements(stack, policy as Policy, ({ Principal }) => principalOf(Principal));
}

function ofFunction(stack: string, { Type, Properties = {} }: TemplateResource): Grant[] {
  if (Type !== 'AWS::Lambda::Permission') return [];
  const { Principal, Action, FunctionName } = Properties;
  return [
    {
      stack,
      who: Principal === '*' ? 'anyone' : nameOf(Principal),
      effect: 'Allow',
      actions: [String(Action)],
      resources: [nameOf(FunctionName)],
      conditional: [
        'SourceArn',
        'SourceAccount',
        'FunctionUrlAuthType',
        'InvokedViaFunctionUrl',
      ].some((name) => name in Properties),
    },
  ];
}

function ofStatements(
  stack: string,
  policy: Policy | undefined,
  who: (statement: Statement) => string,
): Grant[] {
  return listOf(policy?.Statement).map((statement) => ({
    stack,
    who: who(statement),
    effect: statement.Effect,
    actions: listOf(statement.Action),
    resources: [...new Set(listOf(statement.Resource).map(nameOf))],
    conditional: statement.Condition !== undefined,
  }));
}

function listOf<T>(value: T | readonly T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? [...value] : [value as T];
}

function principalOf(principal: unknown): string {
  if (principal === '*') return 'anyone';
  const values = Object.values((principal ?? {}) as Record<string, unknown>).flatMap(listOf);
  return values.map((value) => (value === '*' ? 'anyone' : nameOf(value))).join(', ');
}

/** A short name of what a template expression refers to, without the hashes that the CDK appends. */
function nameOf(value: unknown): string {
  return expressionOf(value)
    .replace(/[0-9A-F]{8}/g, '')
    .replace(/Arn(?=$|\/)/, '');
}

function expressionOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind = '', of] = []] = Object.entries(value);
  if (kind === 'Ref') return String(of);
  if (kind === 'Fn::GetAtt') return String((of as unknown[])[0]);
  // `triptych-serverless-state:ExportsOutputRefBus4A2F`
  if (kind === 'Fn::ImportValue') return String(of).replace(/^.*:ExportsOutput(Ref|FnGetAtt)?/, '');
  if (kind === 'Fn::Join') return ((of as [string, unknown[]])[1] ?? []).map(expressionOf).join('');
  if (kind === 'Fn::Sub') return expressionOf(Array.isArray(of) ? of[0] : of);
  return JSON.stringify(value);
}
