import type { Checked, CheckedStack, Quota } from './quota.ts';

const PAGE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';

const perStack =
  (amountOf: (stack: CheckedStack) => number) =>
  ({ stacks }: Checked) =>
    stacks.map((stack) => ({ where: stack.name, value: amountOf(stack) }));

const entries = (section: string) =>
  perStack(({ template }) => Object.keys(template[section] ?? {}).length);

/** Quotas of CloudFormation for one template. */
export const CLOUDFORMATION_QUOTAS: readonly Quota[] = [
  { name: 'resources in a stack', atMost: 500, page: PAGE, measure: entries('Resources') },
  { name: 'outputs of a stack', atMost: 200, page: PAGE, measure: entries('Outputs') },
  { name: 'parameters of a stack', atMost: 200, page: PAGE, measure: entries('Parameters') },
  { name: 'mappings of a stack', atMost: 200, page: PAGE, measure: entries('Mappings') },
  {
    name: 'bytes of an uploaded template',
    atMost: 1_000_000,
    page: PAGE,
    measure: perStack(({ bytes }) => bytes),
  },
  {
    name: 'bytes of a template in a request',
    atMost: 51_200,
    page: PAGE,
    measure: ({ stacks }) =>
      stacks
        .filter(({ isUploaded }) => !isUploaded)
        .map(({ name, bytes }) => ({ where: name, value: bytes })),
  },
  {
    name: 'dynamic references in a template',
    atMost: 60,
    page: PAGE,
    measure: perStack(({ template }) => JSON.stringify(template).split('{{resolve:').length - 1),
  },
  {
    name: 'characters of the name of a stack',
    atMost: 128,
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
    measure: perStack(({ name }) => name.length),
  },
];
