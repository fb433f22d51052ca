import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const lambda = oncePerProcess(() => new LambdaClient(clientBounds()));
