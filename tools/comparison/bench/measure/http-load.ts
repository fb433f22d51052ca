import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly requests: number;
  /** Number of keep-alive connections, each with one request at a time. */
  readonly connections: number;
  /** Besides `host`. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface Answer {
  /** Status line and headers. */
  readonly head: string;
  readonly body: Buffer;
}

const LOAD_TIMEOUT_MS = 60_000;

/**
 * Sends GET requests over plain sockets, because a full HTTP client would compete with the server for CPU time.
 * @returns the last answer, head and body
 * @throws Error if an answer is not 200 or has no length, a connection breaks, or the load takes over a minute
 */
export async function sendLoad(load: Load): Promise<Answer> {
  const lines = Object.entries({ ...load.headers, host: `127.0.0.1:${load.port}` })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const request = `GET ${load.path} HTTP/1.1\r\n${lines}\r\n`;
  let left = load.requests;
  let last: Answer = { head: '', body: Buffer.alloc(0) };
  const worker = async () => {
    const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
    const late = () => socket.destroy(new Error('the server took too long'));
    const timer = setTimeout(late, LOAD_TIMEOUT_MS);
    try {
      await once(socket, 'connect');
      while (left > 0) {
        left -= 1;
        const answer = nextAnswer(socket);
        socket.write(request);
        last = await answer;
      }
    } finally {
      clearTimeout(timer);
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: load.connections }, worker));
  return last;
}

/** Reads one complete answer. */
function nextAnswer(socket: Socket): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let head: string | undefined;
    let total = Number.POSITIVE_INFINITY;
    const settle = (finish: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      finish();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => onError(new Error('the server closed the connection'));
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (head === undefined) {
        const soFar = chunks.length === 1 ? chunk : Buffer.concat(chunks);
        const end = soFar.indexOf('\r\n\r\n');
        if (end < 0) return;
        head = soFar.toString('latin1', 0, end);
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        if (!head.startsWith('HTTP/1.1 200 ') || length === undefined) {
          return onError(new Error(`unexpected answer: ${head.slice(0, 200)}`));
        }
        total = end + 4 + Number(length);
      }
      if (size < total) return;
      const whole = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      const answer = { head, body: whole.subarray(whole.indexOf('\r\n\r\n') + 4, total) };
      settle(() => resolve(answer));
    };
    socket.on('data', onData).once('error', onError).once('close', onClose);
  });
}
