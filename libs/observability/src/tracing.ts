import type { Context, Span, SpanContext, Tracer } from '@opentelemetry/api';

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What's loaded only where traces are wanted. */
interface Tracing {
  readonly api: typeof import('@opentelemetry/api');
  readonly tracer: Tracer;
  stop(): Promise<void>;
}

let tracing: Tracing | undefined;

/** The collector must not hold up an end of the process. */
const FLUSH_MILLISECONDS = 2_000;

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** A trace context as W3C Trace Context writes it; undefined for anything else. */
const parseTraceparent = (text: unknown): SpanContext | undefined => {
  const [, traceId = '', spanId = '', flags = ''] = (typeof text === 'string' && TRACEPARENT.exec(text)) || [];
  if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
};

const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

/** Whether the environment asks for traces: OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, without OTEL_SDK_DISABLED. */
const isAskedFor = (env: NodeJS.ProcessEnv): boolean =>
  env['OTEL_SDK_DISABLED'] !== 'true' &&
  Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);

/**
 * Sends this process's spans to an OpenTelemetry collector by OTLP over HTTP, if the environment asks for it (the standard
 * names, OTEL_EXPORTER_OTLP_ENDPOINT first). Otherwise nothing is loaded, and nothing costs anything. A collector that's
 * away costs its spans and nothing else.
 */
export const startTracing = async (service: string, env: NodeJS.ProcessEnv = process.env): Promise<void> => {
  if (!isAskedFor(env) || tracing) return;
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] || `rapport-${service}` }),
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  tracing = { api, tracer: provider.getTracer('rapport'), stop: () => provider.shutdown() };
};

/** Sends what's left, within a bound. */
export const stopTracing = async (): Promise<void> => {
  const stopping = tracing;
  tracing = undefined;
  if (!stopping) return;
  stopping.api.trace.disable();
  stopping.api.context.disable();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH_MILLISECONDS)));
  await Promise.race([stopping.stop().catch(() => undefined), late]);
  clearTimeout(timer);
};

const failed = ({ api }: Tracing, span: Span, error: unknown): void => {
  // Its class alone: a message may hold what a trace must not.
  const name = error instanceof Error ? error.name : 'unknown';
  span.setStatus({ code: api.SpanStatusCode.ERROR, message: name });
};

/** Runs `work` in a span of its own, below the current one. Attributes must not be personal. */
export const traced = async <T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> => {
  const on = tracing;
  if (!on) return work();
  return on.tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      failed(on, span, error);
      throw error;
    } finally {
      span.end();
    }
  });
};

/** The current trace context as a `traceparent`, to be carried along; undefined without tracing. */
export const currentTraceparent = (): string | undefined => {
  const span = tracing?.api.trace.getActiveSpan()?.spanContext();
  return span && tracing?.api.isSpanContextValid(span) ? formatTraceparent(span) : undefined;
};

/** A request that's being served. */
export interface RequestSpan {
  /** Runs something in its context. */
  enter<T>(work: () => T): T;
  end(route: string, method: string, status: number): void;
}

/** Starts the span of a request, below the caller's if it names one; undefined without tracing. */
export const startRequestSpan = (method: string, traceparent: unknown): RequestSpan | undefined => {
  const on = tracing;
  if (!on) return undefined;
  const { api, tracer } = on;
  const caller = parseTraceparent(traceparent);
  const outer: Context = caller ? api.trace.setSpanContext(api.ROOT_CONTEXT, caller) : api.ROOT_CONTEXT;
  const span = tracer.startSpan(method, { kind: api.SpanKind.SERVER }, outer);
  const context = api.trace.setSpan(outer, span);
  return {
    enter: (work) => api.context.with(context, work),
    end: (route, verb, status) => {
      // The template, never the address.
      span.updateName(`${verb} ${route}`);
      span.setAttributes({ 'http.request.method': verb, 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
      span.end();
    },
  };
};

/** Work on what many requests caused. */
export interface SharedWork {
  readonly name: string;
  readonly attributes: Attributes;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of those whose work it was. */
  readonly traceparents: readonly string[];
}

/** Enters work that's done into the trace of each who caused it: one span each, linked to one of the whole. */
export const recordSharedWork = ({ name, attributes, startedAt, endedAt, traceparents }: SharedWork): void => {
  const on = tracing;
  if (!on) return;
  const { api, tracer } = on;
  const contexts = traceparents.flatMap((text) => parseTraceparent(text) ?? []);
  if (contexts.length === 0) return;
  const links = contexts.map((context) => ({ context }));
  const whole = tracer.startSpan(name, { attributes, startTime: startedAt, links, root: true });
  for (const context of contexts) {
    const below = api.trace.setSpanContext(api.ROOT_CONTEXT, context);
    const linked = [{ context: whole.spanContext() }];
    tracer.startSpan(name, { attributes, startTime: startedAt, links: linked }, below).end(endedAt);
  }
  whole.end(endedAt);
};

/** Whether spans are made at all. */
export const isTracing = (): boolean => tracing !== undefined;
