/** Health check of a service's image: exit code 0 when the service says that it is ready. */
import http from 'node:http';

const { SERVICE_NAME: service, PORT: port = '8080' } = process.env;
const timeoutMs = 4000;

const request = http.get({
  port,
  path: `/${service}/health/ready`,
  timeout: timeoutMs,
  agent: false,
});
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
request.on('timeout', () => process.exit(1));
request.on('error', () => process.exit(1));
