import autocannon from 'autocannon';
import { answerAsAgent } from '../run-agent.js';

interface Question {
  readonly url: string;
  readonly key: string;
  readonly candidates: readonly string[];
  readonly connections: number;
  readonly requests: number;
  /** So many come first, and aren't timed: what's compiled and connected only once is no part of the speed. */
  readonly warmUp: number;
  /** Facts of different runs are different. */
  readonly run: string;
}

/** Records interactions at full speed over HTTP, one a request. Runs by count, so that no request is cut off. */
answerAsAgent(async ({ url, key, candidates, connections, requests, warmUp, run }: Question) => {
  let sent = 0;
  const shoot = (amount: number): Promise<autocannon.Result> =>
    autocannon({
      url,
      connections,
      amount,
      requests: [
        {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          setupRequest: (request) => {
            const n = sent++;
            return {
              ...request,
              path: `/v1/candidates/${candidates[n % candidates.length]}/interactions`,
              body: JSON.stringify({
                type: 'email.replied',
                provider: 'generic',
                providerEventId: `${run}-${n}`,
                occurredAt: '2026-05-01T10:00:00Z',
                data: { sentiment: 'interested' },
              }),
            };
          },
        },
      ],
    });
  const first = await shoot(warmUp);
  const result = await shoot(requests);
  return {
    accepted: first['2xx'] + result['2xx'],
    timed: result['2xx'],
    refused: first.non2xx + first.errors + result.non2xx + result.errors,
    seconds: (result.finish.getTime() - result.start.getTime()) / 1_000,
    p99: result.latency.p99,
  };
});
