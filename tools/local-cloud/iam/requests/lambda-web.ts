import type { CallInput, ResourceNames } from '../types.ts';
import { onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * The control plane of Lambda Web Functions. The names of the actions follow the calls. The page of the Service
 * Authorization Reference could not be read, so neither they nor their resources are verified.
 */
export const LAMBDA_WEB_ACTIONS: ServiceActions = {
  ListWebFunctions: onEverything('lambda:ListWebFunctions'),
  GetWebFunction: one('lambda:GetWebFunction', functionArn),
  ListWebFunctionRevisions: one('lambda:ListWebFunctionRevisions', functionArn),
  GetWebFunctionRevision: one(
    'lambda:GetWebFunctionRevision',
    (input, names) => `${functionArn(input, names)}/revision/${text(input.revisionId)}`,
  ),
  ListWebFunctionEndpoints: one('lambda:ListWebFunctionEndpoints', functionArn),
  GetWebFunctionEndpoint: one(
    'lambda:GetWebFunctionEndpoint',
    (input, names) => `${functionArn(input, names)}/endpoint/${text(input.endpointName)}`,
  ),
};

/** Calls name a function by its name or its ARN. */
function functionArn({ functionName }: CallInput, { region, accountId }: ResourceNames): string {
  const name = text(functionName);
  return name.startsWith('arn:')
    ? name
    : `arn:aws:lambda:${region}:${accountId}:web-function/${name}`;
}
