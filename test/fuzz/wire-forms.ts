import fc from 'fast-check';

/** What's put on the wire: a whole HTTP/1.1 request of these parts, in a form that no client would send. */
export interface WireParts {
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface WireForm {
  readonly why: string;
  /** Whether nothing more is sent after it, so that the app sees the end of an unfinished request. */
  readonly ends?: boolean;
  readonly bytes: (parts: WireParts) => Buffer;
}

interface Lines {
  readonly start?: string;
  readonly extra?: readonly string[];
  readonly length?: string | null;
  readonly host?: string | null;
  readonly body?: Buffer;
  readonly lineEnd?: string;
}

const assemble = (parts: WireParts, lines: Lines = {}): Buffer => {
  const { body = parts.body, host = parts.host, length = String(body.length), lineEnd = '\r\n' } = lines;
  const head = [
    lines.start ?? `${parts.method} ${parts.target} HTTP/1.1`,
    ...(host === null ? [] : [`host: ${host}`]),
    ...parts.headers.map(([name, value]) => `${name}: ${value}`),
    ...(length === null ? [] : [`content-length: ${length}`]),
    ...(lines.extra ?? []),
  ];
  return Buffer.concat([Buffer.from(head.join(lineEnd) + lineEnd + lineEnd, 'latin1'), body]);
};

const chunked = (body: Buffer, size: number): Buffer => {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    chunks.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')]);
};

const inChunks =
  (change: (body: Buffer) => Buffer, encoding = 'chunked'): WireForm['bytes'] =>
  (parts) =>
    assemble(parts, { length: null, extra: [`transfer-encoding: ${encoding}`], body: change(parts.body) });

const withExtra =
  (...extra: readonly string[]): WireForm['bytes'] =>
  (parts) =>
    assemble(parts, { extra });
const withLength =
  (length: (body: Buffer) => string): WireForm['bytes'] =>
  (parts) =>
    assemble(parts, { length: length(parts.body) });
const withStart =
  (start: (parts: WireParts) => string): WireForm['bytes'] =>
  (parts) =>
    assemble(parts, { start: start(parts) });
const only =
  (bytes: Buffer | string): WireForm['bytes'] =>
  () =>
    Buffer.from(bytes as string, 'latin1');

const forms: readonly (readonly [why: string, bytes: WireForm['bytes'], ends?: boolean])[] = [
  ['chunks', inChunks((body) => chunked(body, 7))],
  ['one chunk', inChunks((body) => chunked(body, 1_000_000))],
  ['chunks that end early', inChunks((body) => chunked(body, 7).subarray(0, 12)), true],
  ['a chunk size that is none', inChunks((body) => Buffer.concat([Buffer.from('zz\r\n'), body]))],
  [
    'a chunk longer than it says',
    inChunks((body) => Buffer.concat([Buffer.from('1\r\n'), body, Buffer.from('\r\n0\r\n\r\n')])),
  ],
  ['a chunk size of 20 digits', inChunks((body) => Buffer.concat([Buffer.from('fffffffffffffffffff\r\n'), body]))],
  [
    'chunks with extensions',
    inChunks((body) => Buffer.from(chunked(body, 50).toString('latin1').replace('\r\n', ';a="b"\r\n'), 'latin1')),
  ],
  ['a huge chunk extension', inChunks((body) => Buffer.concat([Buffer.from(`1;${'x'.repeat(40_000)}\r\n`), body]))],
  [
    'trailers',
    inChunks((body) => Buffer.concat([chunked(body, 50).subarray(0, -2), Buffer.from('content-length: 3\r\n\r\n')])),
  ],
  ['an encoding that is not known', inChunks((body) => body, 'gzip, chunked')],
  ['chunked twice', inChunks((body) => chunked(body, 50), 'chunked, chunked')],
  ['identity', inChunks((body) => body, 'identity'), true],
  [
    'chunks and a length',
    (parts) => assemble(parts, { extra: ['transfer-encoding: chunked'], body: chunked(parts.body, 50) }),
  ],
  ['a length too short', withLength((body) => String(Math.max(0, body.length - 3)))],
  ['a length too long', withLength((body) => String(body.length + 10)), true],
  ['a length of 10 MiB', withLength(() => '10485760'), true],
  ['a length of 20 digits', withLength(() => '99999999999999999999')],
  ['a negative length', withLength(() => '-1')],
  ['a length with a sign', withLength((body) => `+${body.length}`)],
  ['a length as hexadecimal', withLength((body) => `0x${body.length.toString(16)}`)],
  ['an empty length', withLength(() => '')],
  ['two lengths', (parts) => assemble(parts, { extra: [`content-length: ${parts.body.length + 1}`] })],
  ['no length', (parts) => assemble(parts, { length: null })],
  ['an empty body with a content type', (parts) => assemble(parts, { body: Buffer.alloc(0) })],
  ['the end in the head', (parts) => assemble(parts).subarray(0, 40), true],
  ['the end in the body', (parts) => assemble(parts).subarray(0, -1), true],
  ['no host', (parts) => assemble(parts, { host: null })],
  ['two hosts', withExtra('host: a.example')],
  ['a host that is none', (parts) => assemble(parts, { host: 'a b:c:d/@' })],
  ['HTTP/1.0', withStart(({ method, target }) => `${method} ${target} HTTP/1.0`)],
  ['HTTP/0.9', withStart(({ method, target }) => `${method} ${target}`)],
  ['HTTP/2.0', withStart(({ method, target }) => `${method} ${target} HTTP/2.0`)],
  ['HTTP/9.9', withStart(({ method, target }) => `${method} ${target} HTTP/9.9`)],
  ['no protocol', withStart(({ method, target }) => `${method} ${target} HTTP`)],
  ['the preface of HTTP/2', only('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
  ['TLS', only('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'), true],
  ['noise', only(Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 37) % 256))), true],
  ['line breaks', only('\r\n\r\n\r\n'), true],
  ['a small method', withStart(({ method, target }) => `${method.toLowerCase()} ${target} HTTP/1.1`)],
  ['a method of its own', withStart(({ target }) => `BREW ${target} HTTP/1.1`)],
  ['CONNECT', withStart(() => 'CONNECT example.org:443 HTTP/1.1')],
  ['TRACE', withStart(({ target }) => `TRACE ${target} HTTP/1.1`)],
  ['PROPFIND', withStart(({ target }) => `PROPFIND ${target} HTTP/1.1`)],
  ['PURGE', withStart(({ target }) => `PURGE ${target} HTTP/1.1`)],
  ['an absolute address', withStart(({ method, target }) => `${method} http://example.org${target} HTTP/1.1`)],
  ['an address of another scheme', withStart(({ method }) => `${method} file:///etc/passwd HTTP/1.1`)],
  ['an asterisk', withStart(() => 'OPTIONS * HTTP/1.1')],
  ['an address without slash', withStart(({ method }) => `${method} v1/candidates HTTP/1.1`)],
  ['an address of two slashes', withStart(({ method }) => `${method} // HTTP/1.1`)],
  ['blanks in the address', withStart(({ method, target }) => `${method} ${target} x HTTP/1.1`)],
  ['NUL in the address', withStart(({ method, target }) => `${method} ${target}\0 HTTP/1.1`)],
  ['raw UTF-8 in the address', withStart(({ method, target }) => `${method} ${target}\xc3\xa4\xff HTTP/1.1`)],
  ['a fragment', withStart(({ method, target }) => `${method} ${target}#here HTTP/1.1`)],
  ['an address of 100 kB', withStart(({ method, target }) => `${method} ${target}?${'x'.repeat(100_000)} HTTP/1.1`)],
  ['a header without colon', withExtra('nonsense')],
  ['a header without name', withExtra(': value')],
  ['a blank before the colon', withExtra('x-a : b')],
  ['a folded header', withExtra('x-a: b\r\n c')],
  ['NUL in a header', withExtra('x-a: b\0c')],
  ['a raw byte in a header', withExtra('x-correlation-id: \xff\xfe')],
  ['a raw byte in the key', withExtra('idempotency-key: \xff\xfe')],
  ['a lone CR in a header', withExtra('x-a: b\rc')],
  ['a header of 20 kB', withExtra(`x-a: ${'b'.repeat(20_000)}`)],
  ['3,000 headers', withExtra(...Array.from({ length: 3_000 }, (_, i) => `a${i}: b`))],
  ['bare line feeds', (parts) => assemble(parts, { lineEnd: '\n' })],
  ['bare carriage returns', (parts) => assemble(parts, { lineEnd: '\r' }), true],
  ['100-continue', withExtra('expect: 100-continue')],
  ['an expectation of its own', withExtra('expect: a-miracle')],
  [
    'an upgrade to WebSocket',
    withExtra('connection: upgrade', 'upgrade: websocket', 'sec-websocket-key: x', 'sec-websocket-version: 13'),
  ],
  [
    'an upgrade to HTTP/2',
    withExtra('connection: upgrade, http2-settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__'),
  ],
  ['a connection of its own', withExtra('connection: nonsense, keep-alive, close')],
  [
    'two requests at once',
    (parts) =>
      Buffer.concat([assemble(parts), Buffer.from(`GET /health/live HTTP/1.1\r\nhost: ${parts.host}\r\n\r\n`)]),
  ],
];

export const wireForm: fc.Arbitrary<WireForm> = fc
  .constantFrom(...forms)
  .map(([why, bytes, ends = false]) => ({ why, bytes, ends }));
