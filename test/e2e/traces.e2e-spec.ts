import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RapportProcess, temporaryHome } from './support/rapport-process.js';
import { until } from '../support/until.js';

interface Received {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: string;
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

/** As OTLP over HTTP writes them, in JSON. */
interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly name: string;
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly attributes: readonly Attribute[];
      }[];
    }[];
  }[];
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

/** A collector that takes OTLP over HTTP. */
class Collector {
  readonly spans: Received[] = [];
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.take(JSON.parse(Buffer.concat(parts).toString('utf8')) as Export);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take({ resourceSpans }: Export): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const { name, traceId, spanId, parentSpanId, attributes } of scopeSpans.flatMap(({ spans }) => spans)) {
        const text = JSON.stringify(attributes);
        this.spans.push({
          service,
          name,
          traceId,
          spanId,
          attributes: text,
          ...(parentSpanId ? { parentSpanId } : {}),
        });
      }
    }
  }
}

describe('Traces', () => {
  const collector = new Collector();
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;

  beforeAll(async () => {
    const endpoint = await collector.start();
    rapport = await RapportProcess.start(home, {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
  }, 90_000);
  afterAll(async () => {
    await rapport?.stop();
    await collector.stop();
    remove();
  }, 60_000);

  it('lead from a request to the rows that it changed, under the trace of its caller', async () => {
    const person = { name: { full: 'Traceworthy Person' } };
    const added = await rapport.command('POST', '/v1/candidates', person, { traceparent: `00-${TRACE}-${CALLER}-01` });
    expect(added.status).toBe(201);
    const inTrace = () => collector.spans.filter(({ traceId }) => traceId === TRACE);
    const named = (name: string) => inTrace().find((span) => span.name === name);
    await until('the spans of the rows', () => named('project talent-search') && named('project timeline'));
    await until('the span of the request', () => named('POST /v1/candidates'));

    expect(named('POST /v1/candidates')).toMatchObject({ service: 'rapport-command-api', parentSpanId: CALLER });
    const command = named('command on candidate');
    expect(command?.parentSpanId).toBe(named('POST /v1/candidates')?.spanId);
    expect(named('append')?.parentSpanId).toBe(command?.spanId);
    expect(named('project timeline')).toMatchObject({ service: 'rapport-projector', parentSpanId: command?.spanId });
    expect(JSON.stringify(collector.spans)).not.toMatch(/Traceworthy/);
  });

  it('take any request that names no trace for the first of one', async () => {
    const id = '0c9d4a52-6a0b-8f3e-9d51-52a1c0a7b6e4';
    const answer = await rapport.query('GET', `/v1/candidates/${id}`, undefined, 'analyst');
    expect(answer.status).toBe(404);
    const span = await until('the span', () => collector.spans.find(({ name }) => name === 'GET /v1/candidates/:id'));
    expect(span.parentSpanId).toBeUndefined();
    expect(span.attributes).not.toContain(id);
  });
});
