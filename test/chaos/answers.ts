/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly retryAfter: string | null;
  /** Until it had come whole. */
  readonly milliseconds: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Asked {
  readonly url: string;
  readonly apiKey: string;
  readonly method?: 'POST' | 'PUT';
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** Longer than any promise about answers. */
const GIVE_UP_MILLISECONDS = 60_000;

/** Sends a request; throws if there's no answer, or one that isn't JSON. */
export const ask = async ({ url, apiKey, method = 'POST', body, idempotencyKey }: Asked): Promise<Answer> => {
  const sentAt = performance.now();
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method, body: JSON.stringify(body) }),
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    signal: AbortSignal.timeout(GIVE_UP_MILLISECONDS),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    retryAfter: response.headers.get('retry-after'),
    milliseconds: performance.now() - sentAt,
    body: JSON.parse(text) as Record<string, unknown>,
  };
};
