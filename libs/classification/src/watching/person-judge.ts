import { engagementDecider, supersedes, verdictsOf, type Classified, type Outcome } from '#libs/candidates';
import { CommandRunner, EventCodec, EventLog, type CommandMeta, type RawEvent } from '#libs/event-store';
import { ok, type StoredEvent } from '#libs/kernel';
import type { KnownNetworks } from '../networks/known-networks.js';
import { judge } from './observed.js';

/** Verdicts that are appended at once: an append holds a thousand of them, or a little more. */
const AT_ONCE = 500;

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

  /**
   * Appends the verdicts that are new. Where they don't fit into one append, the command's key comes with the last of them: a
   * command that was cut short is known not to be done, and what it appended isn't new any more when it's sent again.
   */
  async record(candidateId: string, meta: CommandMeta): Promise<Outcome> {
    const news = await this.news(candidateId);
    const append = (verdicts: readonly Classified[], by: CommandMeta): Promise<Outcome> =>
      this.runner.execute({
        decider: engagementDecider,
        stream: { category: 'engagement', id: candidateId },
        subjectId: candidateId,
        command: { verdicts },
        meta: by,
      });
    const last = Math.floor(Math.max(0, news.length - 1) / AT_ONCE) * AT_ONCE;
    let appended = 0;
    if (last > 0) {
      // Nothing is appended where it was done before.
      const before = await append([], meta);
      if (!before.ok || before.value.duplicate) return before;
    }
    const { commandKey: _, ...keyless } = meta;
    for (let first = 0; first < last; first += AT_ONCE) {
      const outcome = await append(news.slice(first, first + AT_ONCE), keyless);
      if (!outcome.ok) return outcome;
      appended += outcome.value.appended;
    }
    const outcome = await append(news.slice(last), meta);
    return outcome.ok ? ok({ ...outcome.value, appended: appended + outcome.value.appended }) : outcome;
  }
}
