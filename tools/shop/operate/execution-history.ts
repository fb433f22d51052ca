import {
  type Event,
  GetDurableExecutionHistoryCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import {
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { localAws } from '@triptych/base/local-aws';
import { stackName } from '@triptych/context-map';

/** The names of the coordinator's resources begin with the name of its stack. */
const isCoordinator = (name = '') => name.startsWith(stackName('serverless', 'checkout'));

/** The ARN of an order's durable execution, which contains the version of its code. Empty if there is none. */
export async function durableExecution(endpointUrl: string, orderId: string): Promise<string> {
  const client = new LambdaClient(localAws(endpointUrl));
  return findDurableExecution(client, orderId).finally(() => client.destroy());
}

/** The events of an order's durable execution, with the errors of its steps. Empty before it starts. */
export async function durableHistory(
  endpointUrl: string,
  orderId: string,
): Promise<readonly Event[]> {
  const client = new LambdaClient(localAws(endpointUrl));
  try {
    const DurableExecutionArn = await findDurableExecution(client, orderId);
    if (DurableExecutionArn === '') return [];
    const { Events = [] } = await client.send(
      new GetDurableExecutionHistoryCommand({ DurableExecutionArn, IncludeExecutionData: true }),
    );
    return Events;
  } finally {
    client.destroy();
  }
}

async function findDurableExecution(client: LambdaClient, orderId: string): Promise<string> {
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  const coordinator = Functions.find(({ FunctionName }) => isCoordinator(FunctionName));
  const { DurableExecutions = [] } = await client.send(
    new ListDurableExecutionsByFunctionCommand({
      FunctionName: coordinator?.FunctionName,
      DurableExecutionName: orderId,
    }),
  );
  return DurableExecutions[0]?.DurableExecutionArn ?? '';
}

/** The events of an order's state machine execution while it runs. Empty before it starts and after it ends. */
export async function machineHistory(
  endpointUrl: string,
  orderId: string,
): Promise<readonly HistoryEvent[]> {
  const client = new SFNClient(localAws(endpointUrl));
  try {
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    const machine = stateMachines.find(({ name }) => isCoordinator(name));
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({
        stateMachineArn: machine?.stateMachineArn,
        statusFilter: 'RUNNING',
      }),
    );
    const { executionArn } = executions.find(({ name }) => name === orderId) ?? {};
    if (executionArn === undefined) return [];
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    return events;
  } finally {
    client.destroy();
  }
}
