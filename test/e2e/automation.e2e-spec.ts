import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { rapportMain, RapportProcess, temporaryHome, until } from './support/rapport-process.js';

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('What a scanner of mail clicked', () => {
  const { home, remove } = temporaryHome();
  let rapport: RapportProcess;

  beforeAll(async () => {
    rapport = await RapportProcess.start(home, { RAPPORT_AUTOMATION_JUDGE_AFTER_SECONDS: '1' });
  }, 90_000);
  afterAll(async () => {
    await rapport?.stop();
    remove();
  }, 60_000);

  it('is shown as a machine`s, beside what a human clicked', async () => {
    const added = await rapport.command('POST', '/v1/candidates', { name: { full: 'Ada Lovelace' } });
    expect(added.status).toBe(201);
    const path = `/v1/candidates/${String(added.body['id'])}`;
    const click = async (messageId: string, link: string): Promise<void> => {
      const recorded = await rapport.command('POST', `${path}/interactions`, {
        type: 'email.clicked',
        occurredAt: '2026-03-01T09:00:43Z',
        data: { messageId, url: `https://example.org/${link}`, userAgent: browser },
      });
      expect(recorded).toMatchObject({ status: 201 });
    };
    for (const link of ['a', 'b', 'c', 'd', 'unsubscribe']) await click('newsletter', link);
    await click('invitation', 'a');

    const shown = await until('all clicks to be judged', async () => {
      const { body } = await rapport.query('GET', `${path}/timeline?types=email.clicked`);
      const items = (body['items'] ?? []) as {
        details: { agent: string; messageId: string };
        verdict: { verdict: string; reasons: string[] } | null;
      }[];
      return items.length === 6 && items.every(({ verdict }) => verdict !== null) ? items : undefined;
    });
    // What was recorded stays as it was.
    expect(new Set(shown.map(({ details }) => details.agent))).toEqual(new Set(['human']));
    for (const { details, verdict } of shown) {
      expect(verdict?.verdict).toBe(details.messageId === 'newsletter' ? 'machine' : 'human');
      if (details.messageId === 'newsletter')
        expect(verdict?.reasons).toEqual(['many-links-at-once', 'many-clicks-at-once', 'unsubscribe-link-too']);
    }
  });

  it('is said again of the history by the command line, which finds nothing new', () => {
    const { status, stdout } = spawnSync(process.execPath, [rapportMain, 'classify', '--dry-run'], {
      cwd: home,
      env: {
        ...process.env,
        RAPPORT_HOME: join(home, '.rapport'),
        DATABASE_URL: '',
        EVENTSTORE_URL: '',
        NODE_OPTIONS: '',
      },
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: '1 people opened or clicked.\n0 verdicts would be new (--apply records them):\n',
    });
  });

  it('is counted by automation`s metrics', async () => {
    const text = await (await fetch(`${rapport.instance.automationUrl}/metrics`)).text();
    expect(text).toContain('rapport_reaction_working{manager="message-watch"} 1');
    expect(text).toMatch(/rapport_reaction_deadlines_fired\{manager="message-watch"\} [1-9]/);
  });
});
