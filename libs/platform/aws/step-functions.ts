import { SFNClient } from '@aws-sdk/client-sfn';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const stepFunctions = oncePerProcess(() => new SFNClient(clientBounds()));
