/**
 * `node tools/local-cloud/permissions/testing/measure-cost.ts`: measures what the check of permissions adds to a call. Sends GetItem
 * calls of a role to two endpoints in turn: one checks permissions, the other does not. Also runs the check alone, with the
 * decision kept and with a new one per table. Prints microseconds of CPU.
 */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createKernel } from '../../create-kernel.ts';
import { createServices } from '../../create-services.ts';
import { contextTable } from '../../data-plane/table-shapes.ts';
import type { ResourceProvider } from '../../kernel.ts';
import { LogStore } from '../../logs/index.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import { PERMISSION_PROVIDERS } from '../providers.ts';

const ROUNDS = 30;
const CALLS = 60;
const VERSION = '2012-10-17';
const TRUST = {
  Version: VERSION,
  Statement: [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
  ],
};

/** A client of a role, and the operations behind it. */
async function startSide(enforcesPermissions: boolean) {
  const owned = createKernel({ root: process.cwd(), enforcesPermissions });
  const { kernel } = owned;
  const endpoint = await openEndpoint(owned, 0);
  const { data, aws } = createServices(kernel, new LogStore());
  owned.provide(data.services);
  endpoint.serve(aws);
  const make = (type: string, logicalId: string, properties: object) => {
    const all = [...data.providers, ...PERMISSION_PROVIDERS];
    const provider = all.find((one) => one.type === type) as ResourceProvider;
    const context = { stack: 'cost', logicalId, metadata: {}, kernel };
    return provider.create({ ...context, properties: { ...properties } });
  };
  const table = await make('AWS::DynamoDB::Table', 'Table', contextTable('items'));
  const role = await make('AWS::IAM::Role', 'Role', { AssumeRolePolicyDocument: TRUST });
  const Statement = [
    { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table.attributes?.Arn },
  ];
  await make('AWS::IAM::Policy', 'Policy', {
    PolicyName: 'read',
    PolicyDocument: { Version: VERSION, Statement },
    Roles: [role.physicalId],
  });
  const arn = String(role.attributes?.Arn);
  const session = kernel.permissions.assume(arn, 'lambda.amazonaws.com', 'cost');
  const { credentials } = session;
  const client = new DynamoDBClient({
    endpoint: kernel.endpointUrl,
    region: kernel.region,
    credentials,
  });
  const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
  return {
    check: (TableName: string) =>
      session.may([{ action: 'dynamodb:GetItem', resource: kernel.arn('dynamodb', TableName) }]),
    call: () => client.send(new GetItemCommand({ TableName: 'items', Key })),
    stop: async () => {
      client.destroy();
      data.stop();
      await endpoint.stop();
    },
  };
}

/** Microseconds of CPU per call, client and endpoint together. */
async function cpuPerCall(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < CALLS; index += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

const CHECKS = 2_000;

/** Microseconds of CPU per check alone, of each of the given tables in turn. */
function cpuPerCheck(check: (table: string) => boolean, tableOf: (index: number) => string) {
  const before = process.cpuUsage();
  for (let index = 0; index < CHECKS; index += 1) check(tableOf(index));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CHECKS;
}

const [open, enforced] = [await startSide(false), await startSide(true)];
await cpuPerCall(open.call);
await cpuPerCall(enforced.call);
const differences: number[] = [];
const baselines: number[] = [];
const keptChecks: number[] = [];
const newChecks: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const first = round % 2 === 0;
  const one = await cpuPerCall(first ? open.call : enforced.call);
  const other = await cpuPerCall(first ? enforced.call : open.call);
  const [without, withCheck] = first ? [one, other] : [other, one];
  baselines.push(without);
  differences.push(withCheck - without);
  keptChecks.push(cpuPerCheck(enforced.check, () => 'table/items'));
  newChecks.push(cpuPerCheck(enforced.check, (index) => `table/${round}-${index}`));
}
await Promise.all([open.stop(), enforced.stop()]);

const spread = (values: readonly number[]) =>
  `median ${quantile(values, 0.5)} µs, quartiles ${quantile(values, 0.25)} to ${quantile(values, 0.75)} µs`;
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))]?.toFixed(1);
process.stdout.write(
  [
    `a GetItem without the check: ${spread(baselines)}`,
    `the same with the check adds: ${spread(differences)} (${ROUNDS} rounds of ${CALLS} calls, interleaved)`,
    `the check alone, decision kept: ${spread(keptChecks)}`,
    `the check alone, new decision: ${spread(newChecks)} (${ROUNDS} rounds of ${CHECKS} checks)`,
    '',
  ].join('\n'),
);
