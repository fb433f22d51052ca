import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';
import {
  exportedArns,
  type PolicyTemplate,
  policyFaults,
} from '@triptych/local-cloud/policy-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CfnLintMatch,
  type CheckovResult,
  cfnLint,
  checkov,
  templatesIn,
} from './support/lint.ts';

const SYNTH_TIMEOUT_MS = 10 * 60_000;
const DEFAULTS = 'the defaults';

interface Resource {
  readonly Type: string;
  Metadata?: { checkov?: { readonly skip: readonly { id: string; comment: string }[] } };
}

let folder: string;
/** Every distinct template of every setting. */
let all: string;
/** The settings that make a template, by file. */
let settings: Record<string, string[]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triptych-linters-'));
  all = join(folder, 'all');
  const program = join(repositoryRoot, 'infra/testing/write-templates.ts');
  const where = { cwd: repositoryRoot, timeoutMs: SYNTH_TIMEOUT_MS };
  expect(await runNode([program, all], where), 'write-templates.ts').toBe(true);
  settings = JSON.parse(await readFile(join(all, 'settings.json'), 'utf8'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A finding as one line: `triptych-hybrid-state.0f3c7a9e1111.json PaymentsQueue59F70EDB CKV_AWS_27`. */
function line({ file_path, resource, check_id }: CheckovResult): string {
  return `${basename(file_path)} ${resource.split('.')[1]} ${check_id}`;
}

/**
 * Copies templates to a folder without the metadata that makes checkov skip checks.
 * @returns the checks that the metadata skips, each as one line
 */
async function withoutSkips(target: string): Promise<string[]> {
  await mkdir(target);
  const skipped: string[] = [];
  for (const file of await templatesIn(all)) {
    const template: { Resources: Record<string, Resource> } = JSON.parse(
      await readFile(join(all, file), 'utf8'),
    );
    for (const [id, { Metadata }] of Object.entries(template.Resources)) {
      for (const check of Metadata?.checkov?.skip ?? []) skipped.push(`${file} ${id} ${check.id}`);
      delete Metadata?.checkov;
    }
    await writeFile(join(target, file), JSON.stringify(template, null, 1));
  }
  return skipped;
}

/**
 * Whether cfn-lint is wrong: its schema of the Amazon States Language (1.58.0) knows `TimeoutSeconds` only as a number,
 * but with JSONata it may be an expression, as the CDK's `Timeout.jsonata` makes. https://states-language.net/spec.html
 */
function isWrong({ Rule, Message }: CfnLintMatch): boolean {
  const wrong = /^'\{% .* %\}' is not of type 'number' at 'States\/\w+\/TimeoutSeconds'$/;
  return Rule.Id === 'E3601' && wrong.test(Message);
}

describe('cfn-lint', () => {
  it('finds no error in any template of any setting', async () => {
    const found = await cfnLint(all);
    const errors = found.filter((match) => match.Level === 'Error' && !isWrong(match));
    const lines = errors.map(({ Filename, Rule, Message, Location }) => {
      const where = `${Filename} ${Location.Path?.join('/')}`;
      return `${settings[Filename]?.[0]}: ${where} ${Rule.Id} ${Message}`;
    });
    expect(lines).toEqual([]);
  });

  it('finds an error in a template with one', async () => {
    const wrong = join(folder, 'wrong');
    await mkdir(wrong);
    const Queue = { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 901 } };
    await writeFile(join(wrong, 'triptych-wrong.json'), JSON.stringify({ Resources: { Queue } }));
    expect((await cfnLint(wrong)).map(({ Level }) => Level)).toContain('Error');
  });
});

describe("the local cloud's evaluator", () => {
  it('understands every policy in every template of every setting', async () => {
    const templates = new Map<string, PolicyTemplate>();
    for (const file of await templatesIn(all)) {
      templates.set(file, JSON.parse(await readFile(join(all, file), 'utf8')));
    }
    const arns = new Set([...templates.values()].flatMap(exportedArns));
    const faults: string[] = [];
    for (const [file, template] of templates) {
      const stack = file.split('.', 1)[0] ?? file;
      for (const fault of await policyFaults(stack, template, arns)) {
        faults.push(`${settings[file]?.[0]}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });
});

describe('checkov', () => {
  it('finds nothing in the templates of the defaults, and reads a reason for each skipped check', async () => {
    const defaults = join(folder, 'defaults');
    await mkdir(defaults);
    for (const [file, of] of Object.entries(settings)) {
      if (of.includes(DEFAULTS)) await cp(join(all, file), join(defaults, file));
    }
    const report = await checkov(defaults);
    expect(report.unreadable).toBe(0);
    expect(report.failed.map(line)).toEqual([]);
    expect(report.passed).toBeGreaterThan(500);
    expect(report.skipped.length).toBeGreaterThan(0);
    for (const skipped of report.skipped) {
      expect(skipped.check_result.suppress_comment?.length, line(skipped)).toBeGreaterThan(20);
    }
  });

  it('would find exactly the skipped checks in the templates of every setting', async () => {
    const stripped = join(folder, 'stripped');
    const declared = await withoutSkips(stripped);
    const report = await checkov(stripped);
    expect(report.unreadable).toBe(0);
    const failed = report.failed.map(line);
    expect({
      'failed, but not skipped': failed.filter((one) => !declared.includes(one)),
      'skipped, but not failed': declared.filter((one) => !failed.includes(one)),
    }).toEqual({ 'failed, but not skipped': [], 'skipped, but not failed': [] });
  });
});
