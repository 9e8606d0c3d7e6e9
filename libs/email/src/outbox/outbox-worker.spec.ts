import { FixedClock } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmtpReceiver } from '../../../../test/support/smtp-receiver.js';
import { mailerFor } from '../mailer-for.js';
import type { ClaimedEmail } from './email-outbox.js';
import { nextTry, OutboxWorker } from './outbox-worker.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const sender = { from: 'Example Careers <careers@example.com>', postalAddress: 'Example Ltd, Exampletown' };
const templates = { greeting: () => ({ subject: 'Grüße', text: 'Hello.', html: '<p>Hello.</p>' }) };

/** Due are all that weren't put off. */
class OutboxInMemory {
  readonly putOff: { id: string; at: Date }[] = [];
  constructor(readonly emails: ClaimedEmail[]) {}
  claim = () => Promise.resolve(this.emails.filter(({ id }) => !this.putOff.some((one) => one.id === id)));
  tryAgain = (id: string, at: Date) => Promise.resolve(void this.putOff.push({ id, at }));
  remove = (id: string) =>
    Promise.resolve(
      void this.emails.splice(
        this.emails.findIndex((one) => one.id === id),
        1,
      ),
    );
}
const email = (id: string, kind = 'greeting'): ClaimedEmail => ({
  id,
  kind,
  to: `${id}@zq.example`,
  content: null,
  attempts: 1,
  expiresAt: NOW,
});

describe('What waits in the outbox', () => {
  let smtp: SmtpReceiver;
  let folder: string;
  const logged: string[] = [];
  const workers: OutboxWorker[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void logged.push(line) } });

  beforeEach(async () => {
    smtp = await SmtpReceiver.start();
    folder = await mkdtemp(join(tmpdir(), 'outbox-'));
    logged.length = 0;
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop();
    await smtp.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const working = (outbox: OutboxInMemory, url = smtp.url): OutboxWorker => {
    const mailer = mailerFor({ kind: 'smtp', url, ...sender });
    const worker = new OutboxWorker({ outbox, mailer, sender, templates, logger, clock: new FixedClock(NOW) });
    workers.push(worker);
    return worker;
  };

  it('is sent once, to its recipient, under an id that stays', async () => {
    const outbox = new OutboxInMemory([email('ada'), email('bob')]);
    const worker = working(outbox);
    await worker.round();
    expect(outbox.emails).toEqual([]);
    expect(worker.counts).toMatchObject({ sent: 2 });
    const [mail] = smtp.received.filter(({ to }) => to.includes('ada@zq.example'));
    expect(mail?.source).toMatch(/^Message-ID: <ada@example\.com>\r$/m);
    expect(mail?.source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mail?.source).toMatch(/^From: Example Careers <careers@example\.com>\r$/m);
    expect(await worker.round()).toBe(0);
    expect(smtp.received).toHaveLength(2);
  });

  it('is tried again later where a server is away, busy, or knows no such kind yet', async () => {
    const away = new OutboxInMemory([email('ada')]);
    await working(away, 'smtp://127.0.0.1:1').round();
    smtp.refusal = () => ({ code: 451 });
    const busy = new OutboxInMemory([email('bob'), email('eve', 'farewell')]);
    const worker = working(busy);
    await worker.round();
    for (const outbox of [away, busy]) expect(outbox.putOff[0]?.at).toEqual(nextTry(1, NOW));
    expect([away.emails.length, busy.emails.length, worker.counts.retried]).toEqual([1, 2, 2]);
  });

  it('is given up where it was refused for good, and no log says whom it was for', async () => {
    smtp.refusal = (to) => (to.startsWith('ada') ? { code: 550 } : undefined);
    const outbox = new OutboxInMemory([email('ada'), email('bob')]);
    const worker = working(outbox);
    await worker.round();
    expect(outbox.emails).toEqual([]);
    expect(worker.counts).toMatchObject({ sent: 1, refused: 1 });
    expect(logged.join('\n')).toContain('"reason":"550"');
    expect(logged.join('\n')).not.toContain('zq.example');
  });

  it('is tried less and less often', () => {
    const minutes = [1, 2, 3, 4, 5, 9].map((attempts) => (nextTry(attempts, NOW).getTime() - NOW.getTime()) / 60_000);
    expect(minutes).toEqual([1, 5, 15, 60, 240, 240]);
  });

  it('is written into a folder on one machine, for its owner alone', async () => {
    const mailer = mailerFor({ kind: 'folder', folder: join(folder, 'outbox'), ...sender });
    const outbox = new OutboxInMemory([email('ada')]);
    await new OutboxWorker({ outbox, mailer, sender, templates, logger, clock: new FixedClock(NOW) }).round();
    expect(await readdir(join(folder, 'outbox'))).toEqual(['ada.eml']);
    const path = join(folder, 'outbox/ada.eml');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toContain('To: ada@zq.example');
  });
});
