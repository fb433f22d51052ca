import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendError } from './error-answer.ts';
import { type ProxySettings, proxy } from './proxy.ts';
import type { TargetGroup } from './target-group.ts';

/** An action of a listener or rule in a template. */
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
    // On AWS, the packets of the load balancer would be dropped until its connection times out.
    if (target?.outOfReach) sendError(response, 504);
    else if (target) proxy(request, response, target, settings);
    else sendError(response, 503, 'Service Temporarily Unavailable');
  };
}

/** The ARN of the target group that the actions forward to, if they do. */
export function targetGroupOf([action]: readonly ActionSettings[]): string | undefined {
  return action?.TargetGroupArn ?? action?.ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn;
}

/**
 * Reads the actions of a listener or rule: one forward to one target group, or a fixed response.
 * @throws Error that quotes unsupported actions
 */
export function readAction(
  actions: readonly ActionSettings[],
  groups: ReadonlyMap<string, TargetGroup>,
): Action {
  const [action, ...others] = actions;
  if (action?.Type === 'fixed-response') return fixedResponse(action.FixedResponseConfig);
  const weighted = action?.ForwardConfig?.TargetGroups ?? [];
  const arn = targetGroupOf(actions);
  if (action?.Type === 'forward' && arn && weighted.length <= 1 && others.length === 0) {
    return forward(arn, groups);
  }
  throw new Error(`Unsupported load balancer actions: ${JSON.stringify(actions)}`);
}
