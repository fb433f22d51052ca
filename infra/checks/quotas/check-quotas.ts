import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CLOUDFORMATION_QUOTAS } from './cloudformation-quotas.ts';
import { FRONT_QUOTAS } from './front-quotas.ts';
import { IAM_QUOTAS } from './iam-quotas.ts';
import { LAMBDA_QUOTAS } from './lambda-quotas.ts';
import { NAME_QUOTAS } from './name-lengths.ts';
import { PAYLOAD_QUOTAS } from './payload-quotas.ts';
import { POLICY_QUOTAS } from './policy-quotas.ts';
import { QUEUE_QUOTAS } from './queue-quotas.ts';
import type { Checked, CheckedStack, Quota } from './quota.ts';
import { WEB_FUNCTION_QUOTAS } from './web-function-quotas.ts';

/** Every quota of AWS that the templates are compared with. */
export const QUOTAS: readonly Quota[] = [
  ...CLOUDFORMATION_QUOTAS,
  ...IAM_QUOTAS,
  ...POLICY_QUOTAS,
  ...LAMBDA_QUOTAS,
  ...WEB_FUNCTION_QUOTAS,
  ...FRONT_QUOTAS,
  ...PAYLOAD_QUOTAS,
  ...QUEUE_QUOTAS,
  ...NAME_QUOTAS,
];

/** One line for each quota that the stacks do not keep: where, the value, the quota, and AWS's page. */
export function exceededQuotas(checked: Checked, quotas: readonly Quota[] = QUOTAS): string[] {
  return quotas.flatMap(({ name, atMost = Infinity, atLeast = -Infinity, page, measure }) =>
    measure(checked)
      .filter(({ value }) => value > atMost || value < atLeast)
      .map(({ where, value }) => {
        const bound = value > atMost ? `at most ${atMost}` : `at least ${atLeast}`;
        return `${where}: ${value} ${name}, but AWS allows ${bound} (${page})`;
      }),
  );
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { readonly type: string; readonly properties?: Record<string, string> }>
  >;
}

/**
 * Reads the templates of an assembly for the checks.
 * @param root the folder that the artifact paths in the templates are relative to
 */
export function readChecked(assembly: string, root: string): Checked {
  const manifest: Manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  const stacks = Object.entries(manifest.artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { properties = {} }]): CheckedStack => {
      const text = readFileSync(join(assembly, properties.templateFile ?? ''), 'utf8');
      return {
        name: properties.stackName ?? id,
        template: JSON.parse(text),
        bytes: Buffer.byteLength(text),
        isUploaded: properties.stackTemplateAssetObjectUrl !== undefined,
      };
    });
  return checkedStacks(stacks, (path) => bytesIn(join(root, path)));
}

export function checkedStacks(
  stacks: readonly CheckedStack[],
  artifactBytes: Checked['artifactBytes'],
): Checked {
  const resources = stacks.flatMap(({ name, template }) =>
    Object.entries(
      (template.Resources ?? {}) as Record<
        string,
        { Type: string; Properties?: object; Metadata?: object }
      >,
    ).map(([id, { Type, Properties = {}, Metadata = {} }]) => ({
      stack: name,
      id,
      type: Type,
      properties: Properties,
      metadata: Metadata as Record<string, unknown>,
    })),
  );
  return { stacks, resources, artifactBytes };
}

function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
