import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const dynamo = oncePerProcess(() => new DynamoDBClient(clientBounds()));
