/** Health check of a service's image: exits with 0 if the service reports that it is ready. */
import http from 'node:http';

const { SERVICE_NAME: service, PORT: port = '8080' } = process.env;
const TIMEOUT_MS = 4000;

const request = http.get({
  port,
  path: `/${service}/health/ready`,
  timeout: TIMEOUT_MS,
  agent: false,
});
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
request.on('timeout', () => process.exit(1));
request.on('error', () => process.exit(1));
