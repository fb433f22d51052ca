import { afterAll } from 'vitest';
import { closeClients } from '../aws/client-bounds.ts';

// Test files that share a thread share the platform's clients, and each file has an AWS of its own.
afterAll(closeClients);
