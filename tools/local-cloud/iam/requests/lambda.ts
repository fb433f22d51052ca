import type { CallInput, ResourceNames } from '../types.ts';
import { onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * Lambda.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_lambda.html
 */
export const LAMBDA_ACTIONS: ServiceActions = {
  Invoke: one('lambda:InvokeFunction', functionArn),
  ListFunctions: onEverything('lambda:ListFunctions'),
  GetFunction: one('lambda:GetFunction', functionArn),
  GetFunctionConfiguration: one('lambda:GetFunctionConfiguration', functionArn),
  ListEventSourceMappings: onEverything('lambda:ListEventSourceMappings'),
  GetEventSourceMapping: one(
    'lambda:GetEventSourceMapping',
    ({ UUID }, { region, accountId }) =>
      `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${text(UUID)}`,
  ),
  CheckpointDurableExecution: one('lambda:CheckpointDurableExecution', execution),
  GetDurableExecutionState: one('lambda:GetDurableExecutionState', execution),
  GetDurableExecution: one('lambda:GetDurableExecution', execution),
  GetDurableExecutionHistory: one('lambda:GetDurableExecutionHistory', execution),
  StopDurableExecution: one('lambda:StopDurableExecution', execution),
  ListDurableExecutionsByFunction: one('lambda:ListDurableExecutionsByFunction', functionArn),
  SendDurableExecutionCallbackSuccess: one('lambda:SendDurableExecutionCallbackSuccess', waiting),
  SendDurableExecutionCallbackFailure: one('lambda:SendDurableExecutionCallbackFailure', waiting),
  SendDurableExecutionCallbackHeartbeat: one(
    'lambda:SendDurableExecutionCallbackHeartbeat',
    waiting,
  ),
};

/**
 * Lambda decides the calls of a durable function on the ARN of the execution, which begins with the
 * function and its version. So the ARN of a function in a policy needs `:*` at its end.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
function execution({ DurableExecutionArn }: CallInput): string {
  return text(DurableExecutionArn);
}

/** The execution that waits for a callback. */
function waiting({ CallbackId }: CallInput, names: ResourceNames): string {
  return names.durableExecutionArn(text(CallbackId)) ?? text(CallbackId);
}

/** Calls name a function by its name, a partial ARN or its ARN. A version or alias follows it. */
function functionArn(
  { FunctionName, Qualifier }: CallInput,
  { region, accountId }: ResourceNames,
): string {
  const name = text(FunctionName).replace(/^(arn:aws:lambda:[^:]*:)?(\d{12}:)?function:/, '');
  const qualifier = text(Qualifier);
  const qualified = qualifier === '' || name.includes(':') ? name : `${name}:${qualifier}`;
  return `arn:aws:lambda:${region}:${accountId}:function:${qualified}`;
}
