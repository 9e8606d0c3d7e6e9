import { answerAsAgent } from '../run-agent.js';

interface Question {
  readonly url: string;
  readonly key: string;
  readonly candidates: readonly string[];
  readonly eventsEach: number;
  readonly run: string;
}

/** One bulk request with everything in it, the events of a candidate after one another, as an export has them. */
answerAsAgent(async ({ url, key, candidates, eventsEach, run }: Question) => {
  const body = candidates
    .flatMap((candidateId, c) =>
      Array.from({ length: eventsEach }, (_, i) =>
        JSON.stringify({
          candidateId,
          type: 'email.replied',
          provider: 'generic',
          providerEventId: `${run}-${c}-${i}`,
          occurredAt: '2026-05-01T10:00:00Z',
          data: { sentiment: 'interested' },
        }),
      ),
    )
    .join('\n');
  const began = performance.now();
  const response = await fetch(`${url}/v1/interactions/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body,
  });
  const text = await response.text();
  const milliseconds = performance.now() - began;
  const lines = text.split('\n').filter((line) => line !== '');
  const accepted = lines.filter((line) => (JSON.parse(line) as { status: number }).status === 201).length;
  return { milliseconds, accepted };
});
