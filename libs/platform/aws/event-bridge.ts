import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientBounds, oncePerProcess } from './client-bounds.ts';
import { lighten } from './light-client.ts';

export const eventBridge = oncePerProcess(() =>
  lighten(new EventBridgeClient(clientBounds()), 'events'),
);
