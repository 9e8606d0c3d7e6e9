import { answerAsAgent } from '../run-agent.js';

interface Question {
  readonly commandApiUrl: string;
  readonly queryApiUrl: string;
  readonly keys: Readonly<Record<'service' | 'analyst', string>>;
  readonly candidates: readonly string[];
  readonly perSecond: number;
  readonly events: number;
  /** So many come first, a few at a time, and aren't timed. */
  readonly warmUp: number;
  readonly run: string;
}

const WARMING_AT_ONCE = 8;
const AT = '2026-05-01T10:00:00Z';

/** Records interactions at a steady rate, and after each answer asks at once for a row that must hold it. */
answerAsAgent(async (question: Question) => {
  const { commandApiUrl, queryApiUrl, keys, candidates, perSecond, events, warmUp, run } = question;
  const milliseconds: number[] = [];
  const counts = { accepted: 0, failed: 0, stale: 0 };

  const one = async (n: number): Promise<void> => {
    const candidateId = candidates[n % candidates.length];
    const command = await fetch(`${commandApiUrl}/v1/candidates/${candidateId}/interactions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.service}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'email.replied',
        provider: 'generic',
        providerEventId: `${run}-${n}`,
        occurredAt: AT,
        data: { sentiment: 'interested' },
      }),
    });
    const { position } = (await command.json()) as { position?: string };
    if (!command.ok) {
      counts.failed++;
      return;
    }
    const answered = performance.now();
    counts.accepted++;
    const query = await fetch(`${queryApiUrl}/v1/candidates/${candidateId}/score?at=${AT}&after=${position}`, {
      headers: { authorization: `Bearer ${keys.analyst}` },
    });
    const { terms } = (await query.json()) as { terms?: unknown[] };
    milliseconds.push(performance.now() - answered);
    if (!query.ok) counts.failed++;
    // Each candidate's earlier events of this run are at least a whole round older.
    else if ((terms?.length ?? 0) < Math.floor(n / candidates.length) + 1) counts.stale++;
  };

  let warmed = 0;
  const warm = async (): Promise<void> => {
    while (warmed < warmUp) await one(warmed++);
  };
  await Promise.all(Array.from({ length: WARMING_AT_ONCE }, warm));
  milliseconds.length = 0;

  const began = performance.now();
  const sent: Promise<void>[] = [];
  while (sent.length < events) {
    const due = Math.min(events, ((performance.now() - began) / 1_000) * perSecond);
    while (sent.length < due) sent.push(one(warmUp + sent.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(sent);
  return { milliseconds, ...counts, seconds: (performance.now() - began) / 1_000 };
});
