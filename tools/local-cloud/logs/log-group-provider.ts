import type { ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';
import type { LogStore } from './log-store.ts';

/** Creates `AWS::Logs::LogGroup`. The group exists, without streams, before its first line. */
export function logGroupProvider(store: LogStore): ResourceProvider {
  return {
    type: 'AWS::Logs::LogGroup',
    properties: {
      LogGroupName: 'honoured',
      RetentionInDays: { ignored: 'the newest lines are kept, at any age' },
      KmsKeyId: { ignored: 'local data is not encrypted at rest' },
      Tags: { ignored: 'tags have no local effect' },
    },
    async create({ stack, logicalId, properties, kernel }) {
      const name = String(properties.LogGroupName ?? physicalName(stack, logicalId));
      store.create(name, Date.now());
      return {
        physicalId: name,
        attributes: { Arn: kernel.arn('logs', `log-group:${name}:*`) },
      };
    },
  };
}
