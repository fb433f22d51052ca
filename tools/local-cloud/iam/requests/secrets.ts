import type { CallInput, ResourceNames } from '../types.ts';
import { onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * Secrets Manager.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
export const SECRETS_ACTIONS: ServiceActions = {
  CreateSecret: one(
    'secretsmanager:CreateSecret',
    ({ Name }, { region, accountId }) =>
      `arn:aws:secretsmanager:${region}:${accountId}:secret:${text(Name)}`,
  ),
  GetSecretValue: one('secretsmanager:GetSecretValue', secret),
  DescribeSecret: one('secretsmanager:DescribeSecret', secret),
  PutSecretValue: one('secretsmanager:PutSecretValue', secret),
  ListSecrets: onEverything('secretsmanager:ListSecrets'),
};

/**
 * The ARN of a secret. AWS decides a call for a secret that does not exist by the id in the call,
 * as its messages show, e.g. in https://github.com/nautobot/nautobot-app-secrets-providers/issues/64.
 */
function secret({ SecretId }: CallInput, names: ResourceNames): string {
  return names.secretArn(text(SecretId)) ?? text(SecretId);
}
