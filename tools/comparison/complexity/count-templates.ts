import { resourcesOf, type StackTemplate } from './stack-template.ts';

/** Numbers that a variant's templates have; each is counted, none is judged. */
export interface TemplateCounts {
  readonly stacks: number;
  readonly resources: number;
  /** By CloudFormation type, the most frequent first. */
  readonly byType: Readonly<Record<string, number>>;
  /** Statements of roles: who may be one, and what it may do. */
  readonly iamStatements: number;
  /** Statements on queues and buckets, and permissions to invoke a function. */
  readonly resourcePolicyStatements: number;
  /** Built and released on its own: task definitions, functions, functions of the CDN. */
  readonly deployables: readonly string[];
  /** Artifact folders that these run, from the repository's root, each once. */
  readonly artifacts: readonly string[];
  /** Variables and secrets that a deployable is given: `auth/Task: AUTH_TABLE`. */
  readonly settings: readonly string[];
}

const deployableTypes = [
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::Function',
  'AWS::CloudFront::Function',
];

/** @param stacks of one variant */
export function countTemplates(stacks: readonly StackTemplate[]): TemplateCounts {
  const all = stacks.flatMap(({ part, resources }) =>
    Object.entries(resources).map(([id, resource]) => ({ name: `${part}/${id}`, ...resource })),
  );
  const byType = new Map<string, number>();
  for (const { Type } of all) byType.set(Type, (byType.get(Type) ?? 0) + 1);
  const deployables = all.filter(({ Type }) => deployableTypes.includes(Type));
  return {
    stacks: stacks.length,
    resources: all.length,
    byType: Object.fromEntries([...byType].sort(([, a], [, b]) => b - a)),
    iamStatements: sumOf(stacks, ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']),
    resourcePolicyStatements:
      sumOf(stacks, ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy']) +
      (byType.get('AWS::Lambda::Permission') ?? 0),
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

/** Statements of every policy document inside, however deep. */
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
  const containers = (properties.ContainerDefinitions ?? []) as readonly {
    readonly Environment?: readonly Named[];
    readonly Secrets?: readonly Named[];
  }[];
  return containers.flatMap(({ Environment = [], Secrets = [] }) =>
    [...Environment, ...Secrets].map(({ Name }) => Name),
  );
}
