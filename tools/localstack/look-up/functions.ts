import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { type LookUp, required } from './look-up.ts';

/** LocalStack unpacks the code and checks the runtime's image before a function becomes active. */
const ACTIVE_TIMEOUT_MS = 60_000;
const POLL_MS = 250;

export const lambdaFunction: LookUp = async ({ lambda }, { physicalId: FunctionName }) => {
  const ask = () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const deadline = performance.now() + ACTIVE_TIMEOUT_MS;
  let found = await ask();
  while (found.State === 'Pending' && performance.now() < deadline) {
    await sleep(POLL_MS);
    found = await ask();
  }
  if (found.State === 'Active') return { Arn: required(found.FunctionArn, 'ARN') };
  throw new Error(`it is ${found.State}: ${found.StateReason ?? 'no reason given'}`);
};

export const eventSourceMapping: LookUp = async ({ lambda }, { physicalId: UUID }) => {
  const ask = () => lambda.send(new GetEventSourceMappingCommand({ UUID }));
  const deadline = performance.now() + ACTIVE_TIMEOUT_MS;
  let found = await ask();
  while (found.State !== 'Enabled' && performance.now() < deadline) {
    await sleep(POLL_MS);
    found = await ask();
  }
  if (found.State === 'Enabled') return { Id: UUID };
  throw new Error(`it is ${found.State}: ${found.StateTransitionReason ?? 'no reason given'}`);
};

export const functionUrl: LookUp = async ({ lambda }, { property }) => {
  const FunctionName = String(property('TargetFunctionArn'));
  const found = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
  return {
    FunctionArn: required(found.FunctionArn, 'function'),
    FunctionUrl: required(found.FunctionUrl, 'URL'),
  };
};
