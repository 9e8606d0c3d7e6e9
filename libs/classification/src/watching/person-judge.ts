import { engagementDecider, supersedes, verdictsOf, type Classified, type Outcome } from '#libs/candidates';
import { CommandRunner, EventCodec, EventLog, type CommandMeta, type RawEvent } from '#libs/event-store';
import type { StoredEvent } from '#libs/kernel';
import type { KnownNetworks } from '../networks/known-networks.js';
import { judge } from './observed.js';

/** Judges what one person is told to have done, on everything that's recorded about it by now. */
export class PersonJudge {
  constructor(
    private readonly log: EventLog,
    private readonly codec: EventCodec,
    private readonly runner: CommandRunner,
    /** Without them, no address says anything. */
    private readonly networks?: KnownNetworks,
  ) {}

  /** The verdicts that would be new, since the facts have none yet or another one. */
  async news(candidateId: string): Promise<readonly Classified[]> {
    const raws: RawEvent[] = [];
    for await (const raw of this.log.readStream(`engagement-${candidateId}`)) raws.push(raw);
    const events: StoredEvent[] = (await this.codec.decodeMany(raws)).flatMap((item) => (item.ok ? item.event : []));
    const standing = verdictsOf(events);
    return judge(events, this.networks)
      .map((verdict): Classified => ({ ...verdict, reasons: [...verdict.reasons] }))
      .filter((verdict) => supersedes(verdict, standing.get(verdict.eventId)));
  }

  /** Appends the verdicts that are new. */
  async record(candidateId: string, meta: CommandMeta): Promise<Outcome> {
    return this.runner.execute({
      decider: engagementDecider,
      stream: { category: 'engagement', id: candidateId },
      subjectId: candidateId,
      command: { verdicts: await this.news(candidateId) },
      meta,
    });
  }
}
