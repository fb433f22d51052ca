import { type ServerResponse, STATUS_CODES } from 'node:http';

/** Sends an error response with the HTML of an Application Load Balancer. */
export function sendError(response: ServerResponse, status: number, reason?: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const title = `${status} ${reason ?? STATUS_CODES[status] ?? ''}`.trim();
  const head = `<html>\r\n<head><title>${title}</title></head>\r\n`;
  const body = `${head}<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  response.writeHead(status, {
    server: 'awselb/2.0',
    'content-type': 'text/html',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
