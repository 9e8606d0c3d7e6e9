import {
  Agent,
  request as httpRequest,
  validateHeaderName,
  validateHeaderValue,
  type IncomingMessage,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { WireForm } from './wire-forms.js';

/** A request with everything filled in. */
export interface SentRequest {
  readonly url: URL;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
  readonly wire?: WireForm;
}

export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly milliseconds: number;
}

/** The connection ended before there was an answer. */
export type NoAnswer = 'closed';

/** Far more than any answer takes on a busy machine; more than the longest wait that a query may be asked for. */
export const HANG_MILLISECONDS = 30_000;

export class HungRequestError extends Error {}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Ends the connections that are kept. */
export const hangUp = (): void => agent.destroy();

const receive = async (message: IncomingMessage, since: number): Promise<ReceivedAnswer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    status: message.statusCode ?? 0,
    headers: message.headers,
    text: Buffer.concat(chunks).toString('utf8'),
    milliseconds: performance.now() - since,
  };
};

const bytesOf = ({ wire, method, target, headers, body = Buffer.alloc(0), url }: SentRequest): Buffer => {
  const parts = { method, target, headers, body, host: url.host };
  if (wire) return wire.bytes(parts);
  const own = new Set(headers.map(([name]) => name));
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...(own.has('host') ? [] : [`host: ${url.host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
    'connection: close',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'utf8'), body]);
};

/** A connection on which these bytes are sent whatever its user writes; Node's own parser reads the answer. */
const connectionThatSends = (bytes: Buffer, socket: Socket, ends: boolean): Duplex => {
  const duplex = new Duplex({
    read: () => void socket.resume(),
    write: (_chunk, _encoding, done) => done(),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('connect', () => (ends ? socket.end(bytes) : socket.write(bytes)));
  socket.on('data', (chunk) => {
    if (!duplex.push(chunk)) socket.pause();
  });
  socket.on('end', () => duplex.push(null));
  socket.on('error', (error) => duplex.destroy(error));
  return duplex;
};

const isSendable = ({ wire, target, headers }: SentRequest): boolean => {
  if (wire || !/^[\x21-\x7e]+$/.test(target)) return false;
  try {
    for (const [name, value] of headers) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
};

/**
 * Sends a request: over a connection that's kept where it's one that an HTTP client can send, else as bytes on a
 * connection of its own. Rejects with HungRequestError if nothing comes.
 */
export const send = (sent: SentRequest, isSecondTry = false): Promise<ReceivedAnswer | NoAnswer> => {
  const since = performance.now();
  const { url, method, target, headers, body, wire } = sent;
  const sendable = isSendable(sent);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      sendable
        ? {
            agent,
            host: url.hostname,
            port: url.port,
            method,
            path: target,
            headers: [
              ...(headers.some(([name]) => name === 'host') ? [] : ['host', url.host]),
              ...headers.flat(),
              // Without it, Node would send an empty body of unknown length.
              ...(body || /^(POST|PUT|PATCH)$/.test(method) ? ['content-length', String(body?.length ?? 0)] : []),
            ],
          }
        : {
            method: method === 'HEAD' ? 'HEAD' : 'GET',
            createConnection: () =>
              connectionThatSends(
                bytesOf(sent),
                connect({ host: url.hostname, port: Number(url.port), allowHalfOpen: true }),
                wire?.ends ?? false,
              ),
          },
    );
    const bound = setTimeout(() => {
      reject(new HungRequestError(`No answer within ${HANG_MILLISECONDS} ms.`));
      request.destroy();
    }, HANG_MILLISECONDS);
    const settle = (outcome: ReceivedAnswer | NoAnswer): void => {
      clearTimeout(bound);
      resolve(outcome);
      if (!sendable) request.destroy();
    };
    request.on('response', (message) => {
      receive(message, since).then(settle, () => settle('closed'));
    });
    request.on('upgrade', () => settle('closed'));
    request.on('error', () => {
      // A kept connection that the app closed just then, as it may at any time.
      if (request.reusedSocket && !isSecondTry) {
        clearTimeout(bound);
        resolve(send(sent, true));
      } else settle('closed');
    });
    request.end(sendable ? body : undefined);
  });
};
