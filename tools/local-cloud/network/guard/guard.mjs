// Runs in a task before its program: asks the local cloud about every TCP connection before it is
// opened. The local cloud answers with the local port to connect to, or with the reason why the
// task's network does not allow the connection. It has no dependencies, because it delays the start.

import net from 'node:net';

const { channel } = process;
const send = process.send?.bind(process);
const waiting = new Map();
let lastId = 0;

process.on('message', ({ id, ...decision }) => {
  waiting.get(id)?.(decision);
  waiting.delete(id);
  if (waiting.size === 0) channel.unref();
});
process.on('disconnect', () => {
  for (const resolve of waiting.values()) resolve({ refusal: 'the local cloud has stopped' });
  waiting.clear();
});
// The channel belongs to this file: the program must neither see it nor wait for it to close.
channel?.unref();
delete process.send;

function decide(host, port) {
  return new Promise((resolve) => {
    if (!send || !channel)
      return resolve({ refusal: 'the task has no connection to the local cloud' });
    lastId += 1;
    waiting.set(lastId, resolve);
    channel.ref();
    send({ id: lastId, host, port }, (error) => {
      if (error) resolve({ refusal: error.message });
    });
  });
}

/** The options in the arguments of `connect`, which `net.connect` passes as one normalized list. */
function splitArguments(args) {
  const list = Array.isArray(args[0]) ? args[0] : args;
  const [first, second] = list;
  const callback = list.findLast((one) => typeof one === 'function');
  if (typeof first === 'object') return { options: first, callback };
  if (Number.isNaN(Number(first))) return { options: { path: first }, callback };
  const host = typeof second === 'string' ? second : undefined;
  return { options: { port: first, host }, callback };
}

function refused(host, port, reason) {
  const error = new Error(`connect EHOSTUNREACH ${host}:${port}: ${reason}`);
  return Object.assign(error, { code: 'EHOSTUNREACH', syscall: 'connect', address: host, port });
}

const { connect } = net.Socket.prototype;

net.Socket.prototype.connect = function connectAfterCheck(...args) {
  const { options, callback } = splitArguments(args);
  // Pipes stay on this machine.
  if (options.path) return connect.apply(this, args);
  const { host = 'localhost' } = options;
  const port = Number(options.port);
  // Until the connection is open, a socket that is connecting keeps what is written to it.
  this.connecting = true;
  decide(host, port).then((decision) => {
    if (this.destroyed) return;
    if (decision.refusal !== undefined) this.destroy(refused(host, port, decision.refusal));
    else connect.call(this, { ...options, port: decision.port }, callback);
  });
  return this;
};
