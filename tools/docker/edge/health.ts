/** Health check of the image `edge`: exit code 0 once every container behind it has been healthy. */
import http from 'node:http';
import { healthPort } from './health-port.ts';

const timeoutMs = 4000;

const request = http.get({ port: healthPort, timeout: timeoutMs, agent: false });
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
request.on('timeout', () => process.exit(1));
request.on('error', () => process.exit(1));
