import { afterAll } from 'vitest';
import { closeClients } from '../aws/client-bounds.ts';

// Test files in the same thread share the platform's clients, but each file starts its own emulated AWS.
afterAll(closeClients);
