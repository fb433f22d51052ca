import { resourcesOf, type StackTemplate } from './stack-template.ts';

/** The counts of a variant's templates. */
export interface TemplateCounts {
  readonly stacks: number;
  readonly resources: number;
  /** By CloudFormation type, most frequent first. */
  readonly byType: Readonly<Record<string, number>>;
  /** Statements in trust policies and permissions of roles. */
  readonly iamStatements: number;
  /** Statements in queue and bucket policies, and permissions to invoke a function. */
  readonly resourcePolicyStatements: number;
  /** Units that are released independently: task definitions, functions, Web Functions, CDN functions. */
  readonly deployables: readonly string[];
  /** Artifact folders of the deployables, relative to the repository root, without duplicates. */
  readonly artifacts: readonly string[];
  /** Environment variables and secrets of each deployable: `auth/Task: AUTH_TABLE`. */
  readonly settings: readonly string[];
}

const DEPLOYABLE_TYPES = [
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::Function',
  'AWS::Lambda::WebFunctionRevision',
  'AWS::CloudFront::Function',
];

/** Counts the templates of one variant. @param stacks the variant's stacks */
export function countTemplates(stacks: readonly StackTemplate[]): TemplateCounts {
  const all = stacks.flatMap(({ part, resources }) =>
    Object.entries(resources).map(([id, resource]) => ({ name: `${part}/${id}`, ...resource })),
  );
  const byType = new Map<string, number>();
  for (const { Type } of all) byType.set(Type, (byType.get(Type) ?? 0) + 1);
  const deployables = all.filter(({ Type }) => DEPLOYABLE_TYPES.includes(Type));
  return {
    stacks: stacks.length,
    resources: all.length,
    byType: Object.fromEntries([...byType].sort(([, a], [, b]) => b - a)),
    iamStatements: sumOf(stacks, ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']),
    resourcePolicyStatements:
      sumOf(stacks, [
        'AWS::SQS::QueuePolicy',
        'AWS::S3::BucketPolicy',
        'AWS::Lambda::ResourcePolicy',
      ]) + (byType.get('AWS::Lambda::Permission') ?? 0),
    deployables: deployables.map(({ name }) => name),
    artifacts: [
      ...new Set(
        deployables.flatMap(({ Metadata }) => {
          const artifact = Metadata?.['triptych:artifact'];
          return typeof artifact === 'string' ? [artifact] : [];
        }),
      ),
    ],
    settings: deployables.flatMap(({ name, Properties = {} }) =>
      settingNames(Properties).map((setting) => `${name}: ${setting}`),
    ),
  };
}

function sumOf(stacks: readonly StackTemplate[], types: readonly string[]): number {
  return types
    .flatMap((type) => resourcesOf(stacks, type))
    .reduce((sum, { properties }) => sum + statementsIn(properties), 0);
}

/** Counts the statements of all nested policy documents. */
function statementsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + statementsIn(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => {
    if (key !== 'Statement') return sum + statementsIn(inner);
    return sum + (Array.isArray(inner) ? inner.length : 1);
  }, 0);
}

interface Named {
  readonly Name: string;
}

function settingNames(properties: Readonly<Record<string, unknown>>): string[] {
  const variables = (properties.Environment as { Variables?: object } | undefined)?.Variables;
  if (variables) return Object.keys(variables);
  const service = properties.ServiceConfig as { EnvironmentVariables?: object } | undefined;
  if (service?.EnvironmentVariables) return Object.keys(service.EnvironmentVariables);
  const containers = (properties.ContainerDefinitions ?? []) as readonly {
    readonly Environment?: readonly Named[];
    readonly Secrets?: readonly Named[];
  }[];
  return containers.flatMap(({ Environment = [], Secrets = [] }) =>
    [...Environment, ...Secrets].map(({ Name }) => Name),
  );
}
