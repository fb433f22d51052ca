import { randomUUID } from 'node:crypto';
import type { DeployedStack, ResourceStatus } from './stack.ts';

/** Sets the status of a stack and records the event. */
export function changeStackStatus(
  stack: DeployedStack,
  status: ResourceStatus,
  reason?: string,
): void {
  stack.status = status;
  if (reason !== undefined) stack.reason = reason;
  const identity = { logicalId: stack.name, type: 'AWS::CloudFormation::Stack' };
  recordEvent(stack, { ...identity, physicalId: stack.id, status, reason });
}

/** Records a status change of a resource. */
export function recordEvent(
  stack: DeployedStack,
  event: {
    readonly logicalId: string;
    readonly type: string;
    readonly status: ResourceStatus;
    readonly physicalId?: string | undefined;
    readonly reason?: string | undefined;
  },
): void {
  const { logicalId, type, status, physicalId, reason } = event;
  stack.events.push({
    EventId: randomUUID(),
    LogicalResourceId: logicalId,
    ...(physicalId === undefined ? {} : { PhysicalResourceId: physicalId }),
    ResourceType: type,
    Timestamp: new Date(),
    ResourceStatus: status,
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
  });
}
