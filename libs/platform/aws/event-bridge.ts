import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const eventBridge = oncePerProcess(() => new EventBridgeClient(clientBounds()));
