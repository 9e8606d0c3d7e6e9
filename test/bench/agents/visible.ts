import { decodePosition } from '#libs/kernel';
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
  /** Where what was accepted of each candidate is in the log. */
  const known = new Map<string, bigint[]>();
  /** Takes one down; how many of the candidate's a reader must see who knows of it. A busy machine may answer a later one first. */
  const seenWith = (candidateId: string, token: string): number => {
    const commit = decodePosition(token)?.commit ?? 0n;
    const all = [...(known.get(candidateId) ?? []), commit];
    known.set(candidateId, all);
    return all.filter((one) => one <= commit).length;
  };

  const one = async (n: number): Promise<void> => {
    const candidateId = candidates[n % candidates.length] ?? '';
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
    const due = seenWith(candidateId, position ?? '');
    const query = await fetch(`${queryApiUrl}/v1/candidates/${candidateId}/score?at=${AT}&after=${position}`, {
      headers: { authorization: `Bearer ${keys.analyst}` },
    });
    const { terms } = (await query.json()) as { terms?: unknown[] };
    milliseconds.push(performance.now() - answered);
    if (!query.ok) counts.failed++;
    else if ((terms?.length ?? 0) < due) counts.stale++;
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
