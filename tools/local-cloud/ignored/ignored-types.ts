import type { CreatedResource, ResourceContext } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';

/** A type without effect here. It is accepted with any properties, and others can refer to it. */
export interface IgnoredType {
  readonly type: string;
  readonly reason: string;
  /** The values of `Ref` and `Fn::GetAtt`. By default a generated name and no attributes. */
  readonly identity?: (context: ResourceContext) => CreatedResource;
}

const NO_METRICS = 'there is no CloudWatch';
const NO_SHIFTS = 'an alias has one version here, and a release replaces its code at once';
const NO_CAPACITY = 'tasks are processes on this machine';
const NOT_IN_TEMPLATE = 'AWS creates its services and load balancer outside of the template';
const NO_BILL = 'nothing is billed here';
const NO_INSPECTION = "its rules are AWS's own, and requests are not inspected here";
const NO_COSTS = 'nothing here costs money';
const NO_NAMES = 'shops here have addresses of this machine, without DNS and certificates';
const NO_ALARMS = 'only alarms notify it, and there is no CloudWatch';

/** All types without effect. */
export const IGNORED_TYPES: readonly IgnoredType[] = [
  { type: 'AWS::ApiGatewayV2::ApiMapping', reason: NO_NAMES },
  { type: 'AWS::ApiGatewayV2::DomainName', reason: NO_NAMES, identity: domainName },
  { type: 'AWS::Budgets::Budget', reason: NO_COSTS },
  { type: 'AWS::CertificateManager::Certificate', reason: NO_NAMES },
  { type: 'AWS::CloudWatch::Alarm', reason: NO_METRICS, identity: alarm },
  { type: 'AWS::CloudWatch::Dashboard', reason: NO_METRICS },
  { type: 'AWS::ECS::ClusterCapacityProviderAssociations', reason: NO_CAPACITY },
  { type: 'AWS::Route53::RecordSet', reason: NO_NAMES },
  { type: 'AWS::SNS::Topic', reason: NO_ALARMS, identity: topic },
  { type: 'AWS::SNS::TopicPolicy', reason: NO_ALARMS },
  { type: 'AWS::SNS::Subscription', reason: NO_ALARMS },
  { type: 'AWS::CodeDeploy::Application', reason: NO_SHIFTS },
  { type: 'AWS::CodeDeploy::DeploymentGroup', reason: NO_SHIFTS },
  { type: 'AWS::ECS::ExpressGatewayService', reason: NOT_IN_TEMPLATE, identity: express },
  { type: 'AWS::PricingPlanManager::Subscription', reason: NO_BILL, identity: plan },
  { type: 'AWS::WAFv2::WebACL', reason: NO_INSPECTION, identity: firewall },
  { type: 'AWS::WAFv2::WebACLAssociation', reason: NO_INSPECTION },
];

function alarm(context: ResourceContext): CreatedResource {
  const name = nameOf(context, 'AlarmName');
  const Arn = context.kernel.arn('cloudwatch', `alarm:${name}`);
  return { physicalId: name, attributes: { Arn } };
}

function express(context: ResourceContext): CreatedResource {
  const name = nameOf(context, 'ServiceName');
  const ServiceArn = context.kernel.arn('ecs', `service/default/${name}`);
  const Endpoint = `https://${name}.ecs.${context.kernel.region}.on.aws`;
  return { physicalId: ServiceArn, attributes: { ServiceArn, Endpoint } };
}

function plan(context: ResourceContext): CreatedResource {
  const id = `${context.stack}-${context.logicalId}`;
  const Arn = context.kernel.arn('pricingplanmanager', `subscription/${id}`);
  return { physicalId: Arn, attributes: { Arn, Status: 'PENDING_APPROVAL' } };
}

function firewall(context: ResourceContext): CreatedResource {
  const name = nameOf(context, 'Name');
  const Id = `${context.stack}-${context.logicalId}`;
  const Arn = context.kernel.arn('wafv2', `regional/webacl/${name}/${Id}`);
  return { physicalId: `${name}|${Id}|REGIONAL`, attributes: { Arn, Id } };
}

function topic(context: ResourceContext): CreatedResource {
  const TopicName = nameOf(context, 'TopicName');
  const TopicArn = context.kernel.arn('sns', TopicName);
  return { physicalId: TopicArn, attributes: { TopicArn, TopicName } };
}

function domainName({ properties }: ResourceContext): CreatedResource {
  const { DomainName: name } = properties;
  const attributes = { RegionalDomainName: String(name), RegionalHostedZoneId: 'Z00000000000' };
  return { physicalId: String(name), attributes };
}

function nameOf(context: ResourceContext, property: string): string {
  const given = context.properties[property];
  return typeof given === 'string' ? given : physicalName(context.stack, context.logicalId);
}
