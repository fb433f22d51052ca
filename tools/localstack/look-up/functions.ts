import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { type LookUp, told } from './look-up.ts';

/** LocalStack unpacks the code and looks for the runtime's image before a function is active. */
const activeTimeoutMs = 60_000;
const pollMs = 250;

export const lambdaFunction: LookUp = async ({ lambda }, { physicalId: FunctionName }) => {
  const ask = () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const deadline = performance.now() + activeTimeoutMs;
  let found = await ask();
  while (found.State === 'Pending' && performance.now() < deadline) {
    await sleep(pollMs);
    found = await ask();
  }
  if (found.State === 'Active') return { Arn: told(found.FunctionArn, 'ARN') };
  throw new Error(`it is ${found.State}: ${found.StateReason ?? 'no reason given'}`);
};

export const eventSourceMapping: LookUp = async ({ lambda }, { physicalId: UUID }) => {
  const ask = () => lambda.send(new GetEventSourceMappingCommand({ UUID }));
  const deadline = performance.now() + activeTimeoutMs;
  let found = await ask();
  while (found.State !== 'Enabled' && performance.now() < deadline) {
    await sleep(pollMs);
    found = await ask();
  }
  if (found.State === 'Enabled') return { Id: UUID };
  throw new Error(`it is ${found.State}: ${found.StateTransitionReason ?? 'no reason given'}`);
};

export const functionUrl: LookUp = async ({ lambda }, { property }) => {
  const FunctionName = String(property('TargetFunctionArn'));
  const found = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
  return {
    FunctionArn: told(found.FunctionArn, 'function'),
    FunctionUrl: told(found.FunctionUrl, 'URL'),
  };
};
