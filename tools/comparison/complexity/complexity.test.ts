import { describe, expect, test } from 'vitest';
import { complexityFindings } from './complexity-findings.ts';
import { countTemplates } from './count-templates.ts';
import { limitsOf } from './limits.ts';
import { operated } from './operated.ts';
import type { StackTemplate } from './stack-template.ts';
import { codeLines, wiringLines } from './wiring-lines.ts';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const stacks: StackTemplate[] = [
  {
    variant: 'serverless',
    part: 'catalog',
    resources: {
      Http: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { TABLE: 't', KEY_ARN: 'k' } } },
        Metadata: { 'triptych:artifact': 'dist/apps/serverless/catalog' },
      },
      Worker: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { TABLE: 't' } } },
        Metadata: { 'triptych:artifact': 'dist/apps/serverless/catalog' },
      },
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ContainerDefinitions: [{ Environment: [{ Name: 'A' }], Secrets: [{ Name: 'B' }] }],
        },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [statement] },
          Policies: [{ PolicyDocument: { Statement: statement } }],
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyDocument: { Statement: [statement, statement] } },
      },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { PolicyDocument: { Statement: [statement] } },
      },
      Permission: { Type: 'AWS::Lambda::Permission' },
    },
  },
];

describe('counting templates', () => {
  const counts = countTemplates(stacks);

  test('resources by type', () => {
    expect(counts.resources).toBe(7);
    expect(counts.byType['AWS::Lambda::Function']).toBe(2);
  });

  test('IAM statements, including a single one, separate from resource policies', () => {
    expect(counts.iamStatements).toBe(4);
    expect(counts.resourcePolicyStatements).toBe(2);
  });

  test('deployables, and a shared artifact once', () => {
    expect(counts.deployables).toEqual(['catalog/Http', 'catalog/Worker', 'catalog/Task']);
    expect(counts.artifacts).toEqual(['dist/apps/serverless/catalog']);
  });

  test('variables and secrets of each deployable', () => {
    expect(counts.settings).toEqual([
      'catalog/Http: TABLE',
      'catalog/Http: KEY_ARN',
      'catalog/Worker: TABLE',
      'catalog/Task: A',
      'catalog/Task: B',
    ]);
  });

  test('every figure has a valid id, including resource types', () => {
    const wiring = { roots: 3, stacks: 4, constructs: 5, files: ['a.ts'] };
    const { figures } = complexityFindings([
      { target: 'serverless', templates: counts, artifactBytes: 10, wiring },
    ]);
    expect(figures.map(({ id }) => id)).toContain(
      'complexity/serverless/resources/AWS.Lambda.Function',
    );
    for (const { id } of figures) expect(id).toMatch(/^[a-z0-9-]+(\/[A-Za-z0-9._-]+)+$/);
    expect(figures.find(({ id }) => id.endsWith('/wiring-lines'))?.value).toBe(7);
  });
});

test('things to operate and limits follow from the resource types', () => {
  const { operate, know } = operated({ 'AWS::Lambda::Function': 8, 'AWS::Logs::LogGroup': 8 });
  expect(operate.map(({ count }) => count)).toEqual([8, 8]);
  expect(know).toHaveLength(1);
  const subjects = limitsOf({ 'AWS::Lambda::Function': 8 }).map(({ text }) => text);
  expect(subjects).toContain('at most 15 minutes');
  expect(limitsOf({})).toEqual([]);
});

describe('lines of code', () => {
  test('blank lines and comments do not count', () => {
    const text = ['/**', ' * why', ' */', 'const a = 1; // one', '', '  // two', '}'].join('\n');
    expect(codeLines(text)).toBe(2);
  });

  test('imported constructs count once per file, and type imports do not count', () => {
    const files: Record<string, string> = {
      'infra/stacks/a.ts': "import { b } from '../parts/b.ts';\nimport x from 'cdk';\nb();",
      'infra/parts/b.ts':
        "import { c } from './c.ts';\nimport { a } from '../stacks/a.ts';\nimport type { d } from './d.ts';",
      'infra/parts/d.ts': 'export const d = 1;',
      'infra/parts/c.ts': 'export const c = 1;',
    };
    const lines = wiringLines(
      [{ path: 'apps/a/root.ts', text: 'one();\n\ntwo();' }],
      'infra/stacks/a.ts',
      (path) => files[path],
    );
    expect(lines).toMatchObject({ roots: 2, stacks: 3, constructs: 4 });
    expect(lines.files).toHaveLength(4);
  });
});
