import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { HANG_MS } from './hang.ts';
import { target } from './target.ts';

/** The response on a raw socket. Status 0 means that the connection closed without a response. */
export interface RawAnswer {
  status: number;
  head: string;
  body: string;
}

/** Host header of the target. */
export const host = new URL(target.baseUrl).host;

/** Sends these bytes unchanged, which no HTTP client does, and reads the response until the connection ends. */
export function sendRaw(bytes: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = open();
    const end = () => {
      socket.destroy();
      resolve(parse(received));
    };
    socket.setTimeout(HANG_MS, () => {
      socket.destroy();
      reject(new Error(`The response did not end within ${HANG_MS} ms: ${received.slice(0, 300)}`));
    });
    // A peer that rejects the bytes may reset the connection. What it sent before that counts.
    socket.on('error', end);
    socket.on('close', end);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (isWhole(received)) end();
    });
    socket.write(bytes);
  });
}

/** Connects to the target, with TLS if its URL is https. */
export function open(): Socket {
  const { protocol, hostname, port } = new URL(target.baseUrl);
  const secure = protocol === 'https:';
  const options = { host: hostname, port: Number(port || (secure ? 443 : 80)) };
  return secure ? connectTls({ ...options, servername: hostname }) : connect(options);
}

/** The path of the base URL. For a REST API it is the stage. */
const basePath = new URL(target.baseUrl).pathname.replace(/\/$/, '');

/** Sends a GET with exactly this request target below the base URL. */
export const rawGet = (requestTarget: string, token?: string) =>
  sendRaw(
    `GET ${basePath}${requestTarget} HTTP/1.1\r\nhost: ${host}\r\n${
      token ? `authorization: Bearer ${token}\r\n` : ''
    }connection: close\r\n\r\n`,
  );

function isWhole(received: string): boolean {
  const split = received.indexOf('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(received.slice(0, split + 2))?.[1];
  return split >= 0 && length !== undefined && received.length >= split + 4 + Number(length);
}

function parse(received: string): RawAnswer {
  const split = received.indexOf('\r\n\r\n');
  const head = split < 0 ? received : received.slice(0, split);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  return { status, head, body: split < 0 ? '' : received.slice(split + 4) };
}
