import type { Kernel, ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';
import { type ActionSettings, readAction, targetGroupOf } from './actions.ts';
import { type Balancer, ListenerRules } from './balancer.ts';
import { type RuleCondition, ruleMatcher } from './rules.ts';
import { targetGroups } from './target-groups.ts';

/** A listener, and the load balancer that it belongs to. */
interface Listener {
  readonly balancer: Balancer;
  readonly rules: ListenerRules;
}

/** Tells the target group of a forward action which load balancer calls its targets. */
function callTargets(actions: readonly ActionSettings[], balancer: Balancer, kernel: Kernel): void {
  const group = targetGroups(kernel).get(targetGroupOf(actions) ?? '');
  if (group) group.caller = balancer.settings.network?.interface;
}

const NO_TLS = { ignored: 'traffic on the loopback interface is not encrypted' };

function listenerProvider(
  balancers: ReadonlyMap<string, Balancer>,
  listeners: Map<string, Listener>,
): ResourceProvider {
  return {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: {
      LoadBalancerArn: 'honoured',
      DefaultActions: 'honoured',
      Port: 'honoured',
      Protocol: NO_TLS,
      Certificates: NO_TLS,
      SslPolicy: NO_TLS,
    },
    async create({ stack, logicalId, properties, kernel }) {
      const balancer = balancers.get(String(properties.LoadBalancerArn));
      if (!balancer || balancer.listener) {
        throw new Error(`${stack}/${logicalId}: no load balancer, or it already has a listener`);
      }
      const actions = properties.DefaultActions as ActionSettings[];
      const rules = new ListenerRules(readAction(actions, targetGroups(kernel)));
      const arn = balancer.settings.arn.replace(':loadbalancer/', ':listener/').concat('/0000');
      balancer.listener = rules;
      balancer.listenerPort = properties.Port === undefined ? undefined : Number(properties.Port);
      callTargets(actions, balancer, kernel);
      listeners.set(arn, { balancer, rules });
      return {
        physicalId: arn,
        attributes: { ListenerArn: arn },
        async stop() {
          listeners.delete(arn);
          balancer.listener = undefined;
          balancer.listenerPort = undefined;
        },
      };
    },
  };
}

function ruleProvider(listeners: ReadonlyMap<string, Listener>): ResourceProvider {
  return {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    properties: {
      ListenerArn: 'honoured',
      Priority: 'honoured',
      Conditions: 'honoured',
      Actions: 'honoured',
    },
    async create({ stack, logicalId, properties, kernel }) {
      const listener = listeners.get(String(properties.ListenerArn));
      if (!listener) throw new Error(`${stack}/${logicalId}: unknown listener`);
      const actions = properties.Actions as ActionSettings[];
      const rule = {
        priority: Number(properties.Priority),
        matches: ruleMatcher(properties.Conditions as RuleCondition[]),
        action: readAction(actions, targetGroups(kernel)),
      };
      listener.rules.add(rule);
      callTargets(actions, listener.balancer, kernel);
      const name = physicalName(stack, logicalId, 64);
      const arn = kernel.arn('elasticloadbalancing', `listener-rule/${name}`);
      return {
        physicalId: arn,
        attributes: { RuleArn: arn, IsDefault: false },
        stop: async () => listener.rules.remove(rule),
      };
    },
  };
}

/** Returns the providers of the CloudFormation types of listeners and rules. */
export function listenerProviders(balancers: ReadonlyMap<string, Balancer>): ResourceProvider[] {
  const listeners = new Map<string, Listener>();
  return [listenerProvider(balancers, listeners), ruleProvider(listeners)];
}
