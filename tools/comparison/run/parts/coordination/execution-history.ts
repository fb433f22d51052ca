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
  try {
    const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
    const coordinator = Functions.find(({ FunctionName }) => isCoordinator(FunctionName));
    const { DurableExecutions = [] } = await client.send(
      new ListDurableExecutionsByFunctionCommand({
        FunctionName: coordinator?.FunctionName,
        DurableExecutionName: orderId,
      }),
    );
    return DurableExecutions[0]?.DurableExecutionArn ?? '';
  } finally {
    client.destroy();
  }
}

/** The events of an order's durable execution. */
export async function durableHistory(
  endpointUrl: string,
  orderId: string,
): Promise<readonly Event[]> {
  const DurableExecutionArn = await durableExecution(endpointUrl, orderId);
  const client = new LambdaClient(localAws(endpointUrl));
  const command = new GetDurableExecutionHistoryCommand({
    DurableExecutionArn,
    IncludeExecutionData: true,
  });
  const { Events = [] } = await client.send(command).finally(() => client.destroy());
  return Events;
}

/** The events of an order's state machine execution. */
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
