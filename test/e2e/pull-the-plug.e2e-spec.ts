import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RapportProcess, readInstance, temporaryHome } from './support/rapport-process.js';
import { until } from '../support/until.js';

const WRITERS = 32;
const EACH = 25;

/** One writer with one candidate: records its interactions one after the other, each until it's acknowledged. */
const write = async (rapport: RapportProcess, candidateId: string, done: () => void): Promise<void> => {
  for (let n = 0; n < EACH; n++) {
    const interaction = {
      type: 'email.replied',
      provider: 'generic',
      providerEventId: `${candidateId}-${n}`,
      occurredAt: '2026-05-01T10:00:00Z',
      data: { sentiment: 'interested' },
    };
    await until(
      `interaction ${n} to be acknowledged`,
      async () => {
        const answer = await rapport
          .command('POST', `/v1/candidates/${candidateId}/interactions`, interaction)
          .catch(() => undefined);
        if (answer !== undefined && answer.status !== 503 && answer.status >= 300)
          throw new Error(`refused with ${answer.status}`);
        return answer?.status === 201 || answer?.status === 200 ? answer : undefined;
      },
      60_000,
    );
    done();
  }
};

describe('kill -9 while 32 writers append', () => {
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;

  beforeAll(async () => {
    rapport = await RapportProcess.start(home);
  }, 90_000);

  afterAll(async () => {
    await rapport?.stop();
    remove();
  }, 60_000);

  it.each(['node', 'postgres', 'projector'])(
    'of the %s loses nothing, repeats nothing, and leaves the tables right',
    async (victim) => {
      const ids = await Promise.all(
        Array.from({ length: WRITERS }, async (_, i) => {
          const added = await rapport.command('POST', '/v1/candidates', { name: { full: `Writer ${victim} ${i}` } });
          return String(added.body['id']);
        }),
      );
      let acknowledged = 0;
      let progressed: () => void = () => undefined;
      const writers = ids.map((id) =>
        write(rapport, id, () => {
          acknowledged++;
          progressed();
        }),
      );
      // Pull the plug in the middle of it.
      await new Promise<void>((resolve) => {
        progressed = () => {
          if (acknowledged >= (WRITERS * EACH) / 4) resolve();
        };
      });
      const pid = readInstance(home)?.processes[victim];
      expect(pid).toBeDefined();
      process.kill(pid as number, 'SIGKILL');
      await Promise.all(writers);
      expect(acknowledged).toBe(WRITERS * EACH);

      const token = await until('a position token', async () => {
        const answer = await rapport
          .command('POST', `/v1/candidates/${ids[0]}/interactions`, { type: 'note.added', data: { text: 'the end' } })
          .catch(() => undefined);
        return answer?.status === 201 ? String(answer.body['position']) : undefined;
      });
      for (const id of ids) {
        const history = await until('the history', async () => {
          const answer = await rapport
            .query('GET', `/v1/audit/candidates/${id}/history`, undefined, 'auditor')
            .catch(() => undefined);
          return answer?.status === 200 ? answer : undefined;
        });
        expect(history.body).toMatchObject({ verified: true });
        const replies = (history.body['items'] as { type: string }[]).filter(({ type }) => type === 'email.replied');
        expect(replies).toHaveLength(EACH);
        const score = await until('the score', async () => {
          const answer = await rapport
            .query('GET', `/v1/candidates/${id}/score?model=1&at=2026-05-01T10:00:00Z&after=${token}`)
            .catch(() => undefined);
          return answer?.status === 200 ? answer : undefined;
        });
        // 25 replies at 25 points each, by the model that damps nothing: nothing lost, nothing twice.
        expect(Number(score.body['score'])).toBeCloseTo(EACH * 25, 6);
      }
    },
    180_000,
  );
});
