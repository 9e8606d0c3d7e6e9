import type { EventLog } from '#libs/event-store';
import { ask } from './answers.js';
import type { StagedApp } from './stage.js';
import { until } from './until.js';

const AT = '2026-05-01T10:00:00Z';

/** What a witness has seen. `stale`: answers with `after` that lacked what their caller had written. */
export interface Testimony {
  acknowledged: number;
  refused: number;
  fresh: number;
  behind: number;
  stale: number;
}

/**
 * Writes to one candidate while everything around it fails, sends again what wasn't acknowledged, and reads its own
 * writes: an answer with `after` holds them all, or it's a 503.
 */
export class Witness {
  readonly seen: Testimony = { acknowledged: 0, refused: 0, fresh: 0, behind: 0, stale: 0 };
  private running: Promise<void> | undefined;
  private stopping = false;

  /** @param written how many facts it has written in earlier runs */
  constructor(
    private readonly candidateId: string,
    private written: number,
    private readonly on: {
      readonly commands: StagedApp;
      readonly queries: StagedApp;
      readonly keys: Readonly<Record<'service' | 'analyst', string>>;
    },
  ) {}

  start(): void {
    this.running = this.work();
  }

  /** Resolves when its last write is acknowledged. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  /** Waits until that many more reads were answered with everything that it had written. */
  async hasRead(more: number): Promise<void> {
    const enough = this.seen.fresh + more;
    await until('a read with `after` to be answered', () => this.seen.fresh >= enough || this.seen.stale > 0);
  }

  /** How many facts it has written, how many events the log has of it, and of how many different facts they are. */
  async count(log: EventLog): Promise<{ written: number; events: number; facts: number }> {
    const facts = new Set<string | undefined>();
    let events = 0;
    for await (const { metadata } of log.readStream(`engagement-${this.candidateId}`)) {
      facts.add((metadata as { keys?: { fact?: string } } | undefined)?.keys?.fact);
      events++;
    }
    return { written: this.written, events, facts: facts.size };
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      const token = await this.write(`${this.candidateId}-${this.written}`);
      await this.read(token);
    }
  }

  private async write(fact: string): Promise<string> {
    this.written++;
    return until('a write to be acknowledged', async () => {
      const answer = await ask({
        url: `${this.on.commands.url}/v1/candidates/${this.candidateId}/interactions`,
        apiKey: this.on.keys.service,
        body: {
          type: 'email.replied',
          provider: 'generic',
          providerEventId: fact,
          occurredAt: AT,
          data: { sentiment: 'interested' },
        },
      }).catch(() => undefined);
      if (answer && answer.status !== 503 && answer.status >= 300)
        throw new Error(`A write was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
      if (!answer || answer.status === 503) {
        this.seen.refused++;
        return undefined;
      }
      this.seen.acknowledged++;
      return String(answer.body['position']);
    });
  }

  private async read(token: string): Promise<void> {
    const wrote = this.written;
    const url = `${this.on.queries.url}/v1/candidates/${this.candidateId}/score?at=${AT}&after=${token}`;
    const answer = await ask({ url, apiKey: this.on.keys.analyst }).catch(() => undefined);
    if (answer?.status === 503 || answer === undefined) this.seen.behind++;
    else if (answer.status !== 200) this.seen.stale++;
    else if ((answer.body['terms'] as unknown[]).length >= wrote) this.seen.fresh++;
    else this.seen.stale++;
  }
}
