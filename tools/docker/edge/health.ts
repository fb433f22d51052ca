/** Health check of the image `edge`: exits with 0 once every container behind it has been healthy. */
import http from 'node:http';
import { HEALTH_PORT } from './health-port.ts';

const TIMEOUT_MS = 4000;

const request = http.get({ port: HEALTH_PORT, timeout: TIMEOUT_MS, agent: false });
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
request.on('timeout', () => process.exit(1));
request.on('error', () => process.exit(1));
