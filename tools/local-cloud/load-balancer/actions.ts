import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerByItself } from './error-answer.ts';
import { type ProxySettings, proxy } from './proxy.ts';
import type { TargetGroup } from './target-group.ts';

/** An action of a listener or rule, as the template says it. */
export interface ActionSettings {
  readonly Type?: string;
  readonly TargetGroupArn?: string;
  readonly ForwardConfig?: {
    readonly TargetGroups?: readonly { readonly TargetGroupArn?: string }[];
  };
  readonly FixedResponseConfig?: {
    readonly StatusCode?: string | number;
    readonly ContentType?: string;
    readonly MessageBody?: string;
  };
}

export type Action = (
  request: IncomingMessage,
  response: ServerResponse,
  settings: ProxySettings,
) => void;

function fixedResponse(config: ActionSettings['FixedResponseConfig'] = {}): Action {
  const body = Buffer.from(config.MessageBody ?? '');
  return (request, response) => {
    response.writeHead(Number(config.StatusCode ?? 200), {
      server: 'awselb/2.0',
      ...(body.length > 0 ? { 'content-type': config.ContentType ?? 'text/plain' } : {}),
      'content-length': body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

function forward(arn: string, groups: ReadonlyMap<string, TargetGroup>): Action {
  return (request, response, settings) => {
    const target = groups.get(arn)?.next();
    if (target) proxy(request, response, target, settings);
    else answerByItself(response, 503, 'Service Temporarily Unavailable');
  };
}

/** Makes an action real; throws an Error naming one we do not have. */
export function readAction(
  actions: readonly ActionSettings[],
  groups: ReadonlyMap<string, TargetGroup>,
): Action {
  const [action, ...others] = actions;
  if (action?.Type === 'fixed-response') return fixedResponse(action.FixedResponseConfig);
  const weighted = action?.ForwardConfig?.TargetGroups ?? [];
  const arn = action?.TargetGroupArn ?? weighted[0]?.TargetGroupArn;
  if (action?.Type === 'forward' && arn && weighted.length <= 1 && others.length === 0) {
    return forward(arn, groups);
  }
  throw new Error(`Load balancers cannot do this here: ${JSON.stringify(actions)}`);
}
