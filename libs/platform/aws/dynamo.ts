import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientBounds, oncePerProcess } from './client-bounds.ts';
import { lighten } from './light-client.ts';

export const dynamo = oncePerProcess(() => lighten(new DynamoDBClient(clientBounds()), 'dynamodb'));
