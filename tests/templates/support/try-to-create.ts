import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationServiceException,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { type Assembly, templateOf } from './assembly.ts';
import { cloudFormation } from './cloudformation.ts';
import type { Emulator } from './start-emulator.ts';

const CREATE_TIMEOUT_MS = 120_000;
const POLL_MS = 200;
const LOG_TIMEOUT_MS = 30_000;
/** The last line of a Python traceback. */
const PYTHON_ERROR = /^(\w+\.)*\w+(Error|Exception): .*\n/m;

interface TryOptions {
  /** Stacks that exist. */
  readonly known?: readonly string[];
  /** Types for which the emulator creates nothing, and so resolves no imports. */
  readonly ignoredTypes?: readonly string[];
  /**
   * Whether to skip a stack that imports from a rejected one. moto keeps some exports of a stack that it failed to create, so
   * which import it misses first depends on its order of resources.
   */
  readonly skipDependents?: boolean;
}

/**
 * Tries to create each stack of an assembly, in the order of a deployment.
 * @returns `yes`, or `no: ` and the reason, by stack
 */
export async function tryToCreateAll(
  emulator: Emulator,
  assembly: Assembly,
  { known = [], ignoredTypes = [], skipDependents = false }: TryOptions = {},
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const stack of assembly.stacks) {
    const { Resources } = await templateOf(assembly, stack);
    const text = JSON.stringify(
      Object.values(Resources).filter(({ Type }) => !ignoredTypes.includes(Type)),
    );
    const missing = Object.keys(found).find(
      (other) => found[other] !== 'yes' && text.includes(`"${other}:`),
    );
    if (known.includes(stack)) found[stack] = 'yes';
    else if (skipDependents && missing) found[stack] = `no: needs \`${missing}\``;
    else found[stack] = await tryToCreate(emulator, assembly, stack);
  }
  return found;
}

/**
 * Asks CloudFormation itself to create a stack, because the CDK CLI repeats a call that an emulator answers with 500 for almost a
 * minute. The failed stack stays.
 * @returns `no: ` and the reason, or `yes` if the stack was created
 */
async function tryToCreate(
  emulator: Emulator,
  assembly: Assembly,
  StackName: string,
): Promise<string> {
  const client = cloudFormation(emulator);
  const TemplateBody = JSON.stringify(await templateOf(assembly, StackName));
  const logged = (await emulator.log()).length;
  let errors: string[];
  try {
    await client.send(
      new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }),
    );
    errors = await failuresOf(emulator, StackName);
  } catch (error) {
    const { message, $metadata } = error as Partial<CloudFormationServiceException>;
    errors = [message ?? String(error)];
    const isRejected = ($metadata?.httpStatusCode ?? 500) < 500;
    if (!isRejected) errors.push(await traceback(emulator, logged));
  }
  return errors.length === 0 ? 'yes' : `no: ${reasonIn(errors.join('\n'))}`;
}

/**
 * Waits until an emulator has logged the Python error behind an answer of 500.
 * @param start the length of the log before the call
 * @returns what it has logged since then
 */
async function traceback(emulator: Emulator, start: number): Promise<string> {
  const deadline = performance.now() + LOG_TIMEOUT_MS;
  let text = (await emulator.log()).slice(start);
  while (!PYTHON_ERROR.test(text) && performance.now() < deadline) {
    await sleep(POLL_MS);
    text = (await emulator.log()).slice(start);
  }
  return text;
}

/** Waits until a stack is created or rolled back. Returns the reasons of its failures. */
async function failuresOf(emulator: Emulator, StackName: string): Promise<string[]> {
  const client = cloudFormation(emulator);
  const deadline = performance.now() + CREATE_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const status = Stacks[0]?.StackStatus ?? '';
    if (status === 'CREATE_COMPLETE') return [];
    if (!status.endsWith('_IN_PROGRESS')) {
      const events = await client.send(new DescribeStackEventsCommand({ StackName }));
      return (events.StackEvents ?? []).map(
        ({ ResourceStatusReason = '' }) => ResourceStatusReason,
      );
    }
    await sleep(POLL_MS);
  }
  return [`it was not created within ${CREATE_TIMEOUT_MS / 1_000} s`];
}

/** The reason of a failure as docs/aws.md states it, or the whole text of an unknown one. */
function reasonIn(text: string): string {
  const [, types] = /Unrecognized resource types: \[([^\]]+)\]/.exec(text) ?? [];
  if (types !== undefined) return types.split(', ').toSorted().map(typeName).join(', ');
  const [, missing] = /(?:No export named |Export ')(triptych-[a-z-]+):/.exec(text) ?? [];
  if (missing !== undefined) return `needs \`${missing}\``;
  if (text.includes("'EventBus' object has no attribute 'split'")) return 'a rule on a new bus';
  // moto knows neither of a rule's prefix lists, and asserts that the rule has another source.
  if (
    /in create_from_cloudformation_json\s+assert \(/.test(text) &&
    text.includes('security_groups.py')
  ) {
    return 'a security group rule with a prefix list';
  }
  // moto asks a type that it does not have for an attribute that an output needs.
  if (text.includes("object has no attribute 'has_cfn_attr'")) {
    const [, type] = /No Moto CloudFormation support for (\S+)/.exec(text) ?? [];
    if (type !== undefined) return typeName(type);
  }
  return text;
}

function typeName(type: string): string {
  return `\`${type.replace(/^AWS::/, '')}\``;
}
