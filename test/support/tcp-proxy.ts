import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What a proxy does with its connections:
 * - `forward`: what comes is passed on.
 * - `refuse`: nobody listens; what was connected is reset.
 * - `blackhole`: connections are taken and stay open, and nothing passes, also on those that were there before. What
 *   comes next resets them; with `forGood` they stay silent, and neither side ever learns that the other has gone.
 * - `cut`: as `forward`, but each connection is reset after `afterBytes` of answer.
 * - `delay`: everything passes `milliseconds` later, in both directions.
 * - `throttle`: `bytesPerSecond` pass in each direction of each connection.
 */
export type ProxyMode =
  | { readonly kind: 'forward' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'blackhole'; readonly forGood?: boolean }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number };

const FORWARD: ProxyMode = { kind: 'forward' };

/** A TCP proxy on a free port of 127.0.0.1, as a network that fails on demand. */
export class TcpProxy {
  private readonly links = new Set<Link>();
  /** Silent for good; they follow no mode any more. */
  private readonly abandoned = new Set<Link>();
  private server: Server | undefined;
  private current: ProxyMode = FORWARD;
  private listeningPort = 0;

  private constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  /** @param target `host:port`, or any URL that has both */
  static async to(target: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(target.includes('://') ? target.replace(/^[^:]+/, 'http') : `http://${target}`);
    const proxy = new TcpProxy({ host: hostname, port: Number(port) });
    await proxy.listen();
    return proxy;
  }

  get port(): number {
    return this.listeningPort;
  }

  get mode(): ProxyMode {
    return this.current;
  }

  /** Connections that are open just now, silent ones among them. */
  get connections(): number {
    return this.links.size + this.abandoned.size;
  }

  /** The URL with this proxy in place of its server. */
  instead(url: string): string {
    return url.replace(/(@|\/\/)[^@/?]+(?=[/?]|$)/, `$1127.0.0.1:${this.port}`);
  }

  /** Holds from now on, for new connections and for those that are open. */
  async become(mode: ProxyMode): Promise<void> {
    const before = this.current;
    this.current = mode;
    if (mode.kind === 'refuse') {
      this.reset();
      await this.unlisten();
      return;
    }
    // What a black hole swallowed is lost: its connections can't go on as if nothing had been.
    if (before.kind === 'blackhole' && mode.kind !== 'blackhole') {
      if (before.forGood) this.abandon();
      else this.reset();
    }
    if (before.kind === 'refuse') await this.listen();
    for (const link of this.links) link.follow(mode);
  }

  /** Resets every open connection; the mode stays. */
  reset(): void {
    for (const link of [...this.links, ...this.abandoned]) link.reset();
  }

  async close(): Promise<void> {
    this.reset();
    await this.unlisten();
  }

  private abandon(): void {
    for (const link of this.links) this.abandoned.add(link);
    this.links.clear();
  }

  private async listen(): Promise<void> {
    const server = createServer((socket) => {
      const link = new Link(socket, this.target, this.current, () => {
        this.links.delete(link);
        this.abandoned.delete(link);
      });
      this.links.add(link);
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.listeningPort, '127.0.0.1', resolve);
    });
    this.listeningPort = (server.address() as AddressInfo).port;
  }

  private async unlisten(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise((resolve) => server.close(resolve));
  }
}

/** One connection: the client's socket, the server's, and what's between them. */
class Link {
  private readonly upstream: Socket;
  private readonly passages: readonly Passage[];
  private answered = 0;

  constructor(
    private readonly client: Socket,
    target: { readonly host: string; readonly port: number },
    private mode: ProxyMode,
    private readonly onClose: () => void,
  ) {
    this.upstream = connect(target);
    const request = new Passage(mode);
    const answer = new Passage(mode, (bytes) => this.count(bytes));
    this.passages = [request, answer];
    for (const socket of [client, this.upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.gone(socket));
      socket.on('close', () => this.gone(socket));
    }
    client.pipe(request).pipe(this.upstream);
    this.upstream.pipe(answer).pipe(client);
  }

  follow(mode: ProxyMode): void {
    this.mode = mode;
    this.answered = 0;
    for (const passage of this.passages) passage.follow(mode);
  }

  reset(): void {
    this.onClose();
    for (const passage of this.passages) passage.destroy();
    for (const socket of [this.client, this.upstream]) {
      // libuv can't reset what's being shut down, and Node then spins at its exit on a handle that's never closed.
      if (socket.writableEnded) socket.destroy();
      else if (!socket.destroyed) socket.resetAndDestroy();
    }
  }

  /** Nobody at the other side of a black hole hears that somebody hung up. */
  private gone(socket: Socket): void {
    const other = socket === this.client ? this.upstream : this.client;
    if (this.mode.kind !== 'blackhole' || other.destroyed) this.reset();
    else socket.destroy();
  }

  private count(bytes: number): void {
    this.answered += bytes;
    if (this.mode.kind === 'cut' && this.answered > this.mode.afterBytes) this.reset();
  }
}

/** One direction of a connection. */
class Passage extends Transform {
  /** What came before has passed. */
  private passed = Promise.resolve();

  constructor(
    private mode: ProxyMode,
    private readonly onBytes: (bytes: number) => void = () => undefined,
  ) {
    super({ highWaterMark: 65_536 });
    this.on('error', () => undefined);
  }

  follow(mode: ProxyMode): void {
    this.mode = mode;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    // Never called back: the pipe stands still, and the sender's buffers fill as on a dead network.
    if (this.mode.kind === 'blackhole') return;
    if (this.mode.kind === 'throttle') {
      void this.after((chunk.length * 1_000) / this.mode.bytesPerSecond, chunk).then(() => done());
      return;
    }
    void this.after(this.mode.kind === 'delay' ? this.mode.milliseconds : 0, chunk);
    // More may be on its way at the same time: a long way isn't a narrow one.
    done();
  }

  override _flush(done: TransformCallback): void {
    void this.passed.then(() => done());
  }

  /** Hands the chunk on after the time, behind what came before. */
  private after(milliseconds: number, chunk: Buffer): Promise<void> {
    const due = milliseconds > 0 ? wait(milliseconds) : undefined;
    this.passed = this.passed.then(async () => {
      await due;
      if (this.destroyed || this.mode.kind === 'blackhole') return;
      this.onBytes(chunk.length);
      if (!this.destroyed) this.push(chunk);
    });
    return this.passed;
  }
}
