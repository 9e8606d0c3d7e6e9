import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';

/** A connection that keeps what it was told. */
const dial = async (port: number): Promise<{ socket: Socket; heard: () => string }> => {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, heard: () => heard };
};

describe('A TCP proxy before an echo', () => {
  let echo: Server;
  let proxy: TcpProxy;

  beforeAll(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.to(`esdb://127.0.0.1:${(echo.address() as AddressInfo).port}?tls=false`);
  });

  afterAll(async () => {
    await proxy.close();
    echo.close();
  });

  it('stands in for the server in an address', () => {
    expect(proxy.instead('postgresql://rapport:pw@127.0.0.1:5432/rapport')).toBe(
      `postgresql://rapport:pw@127.0.0.1:${proxy.port}/rapport`,
    );
    expect(proxy.instead('esdb://127.0.0.1:2113?tls=false')).toBe(`esdb://127.0.0.1:${proxy.port}?tls=false`);
  });

  it('forwards, swallows what an open connection sends as a black hole, and works again for new ones', async () => {
    const { socket, heard } = await dial(proxy.port);
    socket.write('a');
    await until('the echo', () => heard() === 'a');
    await proxy.become({ kind: 'blackhole' });
    socket.write('b');
    await until('the byte to be on its way', () => socket.bytesWritten === 2);
    expect({ heard: heard(), closed: socket.destroyed }).toEqual({ heard: 'a', closed: false });
    await proxy.become({ kind: 'forward' });
    await until('the old connection to be reset', () => socket.destroyed);
    const fresh = await dial(proxy.port);
    fresh.socket.write('c');
    await until('the echo', () => fresh.heard() === 'c');
    fresh.socket.destroy();
  });

  it('lets what a black hole took for good stay silent and open, while new connections work', async () => {
    const { socket, heard } = await dial(proxy.port);
    socket.write('a');
    await until('the echo', () => heard() === 'a');
    await proxy.become({ kind: 'blackhole', forGood: true });
    await proxy.become({ kind: 'forward' });
    socket.write('b');
    const fresh = await dial(proxy.port);
    fresh.socket.write('c');
    await until('the echo', () => fresh.heard() === 'c');
    expect({ heard: heard(), closed: socket.destroyed }).toEqual({ heard: 'a', closed: false });
    fresh.socket.destroy();
    proxy.reset();
    await until('the old connection to be reset', () => socket.destroyed);
  });

  it('refuses, and listens on the same port again', async () => {
    const { port } = proxy;
    await proxy.become({ kind: 'refuse' });
    await expect(dial(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.become({ kind: 'forward' });
    const { socket } = await dial(port);
    socket.destroy();
  });

  it('cuts an answer in its middle, and delays', async () => {
    await proxy.become({ kind: 'cut', afterBytes: 10 });
    const cut = await dial(proxy.port);
    cut.socket.write('0123456789abcdef');
    await until('the cut', () => cut.socket.destroyed);
    await proxy.become({ kind: 'delay', milliseconds: 60 });
    const slow = await dial(proxy.port);
    const sentAt = performance.now();
    slow.socket.write('x');
    await until('the echo', () => slow.heard() === 'x');
    // There and back.
    expect(performance.now() - sentAt).toBeGreaterThan(115);
    // What follows at once isn't late by twice as much, and comes in order.
    for (const letter of 'yzabcdefghij') slow.socket.write(letter);
    const manySentAt = performance.now();
    await until('all echoes', () => slow.heard() === 'xyzabcdefghij');
    expect(performance.now() - manySentAt).toBeLessThan(12 * 120);
    slow.socket.destroy();
  });
});
