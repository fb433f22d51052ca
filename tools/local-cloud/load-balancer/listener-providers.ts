import type { ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';
import { type ActionSettings, readAction } from './actions.ts';
import { type Balancer, ListenerRules } from './balancer.ts';
import { type RuleCondition, ruleMatcher } from './rules.ts';
import { targetGroups } from './target-groups.ts';

const NO_TLS = { ignored: 'traffic on the loopback interface is not encrypted' };

function listenerProvider(
  balancers: ReadonlyMap<string, Balancer>,
  listeners: Map<string, ListenerRules>,
): ResourceProvider {
  return {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: {
      LoadBalancerArn: 'honoured',
      DefaultActions: 'honoured',
      Port: { ignored: 'a load balancer has one port here, which is part of its DNS name' },
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
      listeners.set(arn, rules);
      return {
        physicalId: arn,
        attributes: { ListenerArn: arn },
        async stop() {
          listeners.delete(arn);
          balancer.listener = undefined;
        },
      };
    },
  };
}

function ruleProvider(listeners: ReadonlyMap<string, ListenerRules>): ResourceProvider {
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
      const rule = {
        priority: Number(properties.Priority),
        matches: ruleMatcher(properties.Conditions as RuleCondition[]),
        action: readAction(properties.Actions as ActionSettings[], targetGroups(kernel)),
      };
      listener.add(rule);
      const name = physicalName(stack, logicalId, 64);
      const arn = kernel.arn('elasticloadbalancing', `listener-rule/${name}`);
      return {
        physicalId: arn,
        attributes: { RuleArn: arn, IsDefault: false },
        stop: async () => listener.remove(rule),
      };
    },
  };
}

/** Returns the providers of the CloudFormation types of listeners and rules. */
export function listenerProviders(balancers: ReadonlyMap<string, Balancer>): ResourceProvider[] {
  const listeners = new Map<string, ListenerRules>();
  return [listenerProvider(balancers, listeners), ruleProvider(listeners)];
}
