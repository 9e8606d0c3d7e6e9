import { RecordInteractionCommand } from '#libs/candidates';
import {
  mapEvent,
  UnmatchedDeliveries,
  type EmailFact,
  type ReceivedEvent,
  type UnmatchedReason,
} from '#libs/email-events';
import { Digests } from '#libs/privacy';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

/** What became of one event or one fact. */
export type Intake = 'recorded' | 'duplicate' | 'unmatched' | 'erased';

/** Who told us, and within which conversation. */
export interface Teller {
  readonly provider: string;
  readonly correlationId: string;
}

type Recorded =
  | { readonly kind: 'recorded' | 'duplicate' | 'erased' }
  | { readonly kind: 'refused'; readonly reason: UnmatchedReason };

/** What each refusal of a fact says about it. */
const reasons: Readonly<Record<string, UnmatchedReason>> = {
  'candidate-unknown': 'unknown-recipient',
  'candidate-ambiguous': 'ambiguous-recipient',
  'occurred-in-future': 'impossible-time',
  'occurred-too-early': 'impossible-time',
};

/** What makes a fact the same one, also while it's unmatched. */
const keyOf = ({ eventId, recipient }: EmailFact): readonly string[] => ['fact', eventId, recipient.toLowerCase()];

/** Records what providers tell, once, and keeps what can't be recorded. Nothing is answered before it's stored. */
@Injectable()
export class WebhookIntake {
  constructor(
    private readonly commands: CommandBus,
    private readonly unmatched: UnmatchedDeliveries,
    private readonly digests: Digests,
  ) {}

  /** One outcome a fact, or one for an event that gives none. Throws where a server that's needed is away. */
  async take(event: ReceivedEvent, teller: Teller): Promise<readonly Intake[]> {
    const { provider } = teller;
    const mapping = mapEvent(provider, event);
    if (mapping.kind === 'facts')
      return Promise.all(mapping.facts.map((fact) => this.recordOrKeep(fact, event, teller)));
    const key = ['content', this.digests.digest('unmatched-content', JSON.stringify(event.payload ?? null))];
    await this.unmatched.keep({ provider, reason: mapping.reason, event, key });
    return ['unmatched'];
  }

  /** Undefined where there's no such delivery. What's still nobody's stays, with the attempt noted. */
  async replay(id: string, correlationId: string): Promise<readonly Intake[] | undefined> {
    const kept = await this.unmatched.open(id);
    if (!kept) return undefined;
    const { provider, event, digest } = kept;
    const teller = { provider, correlationId };
    const mapping = mapEvent(provider, event);
    const facts = mapping.kind === 'facts' ? mapping.facts : [];
    // Kept for one of several recipients: the others have their own.
    const own = facts.find((fact) => this.unmatched.digestOf({ provider, key: keyOf(fact) }) === digest);
    if (own) {
      const { kind } = await this.record(own, teller);
      await (kind === 'refused' ? this.unmatched.tried(id) : this.unmatched.settle(id));
      return [kind === 'refused' ? 'unmatched' : kind];
    }
    if (facts.length === 0) {
      await this.unmatched.tried(id);
      return ['unmatched'];
    }
    const outcomes = await Promise.all(facts.map((fact) => this.recordOrKeep(fact, event, teller)));
    await this.unmatched.settle(id);
    return outcomes;
  }

  private async recordOrKeep(fact: EmailFact, event: ReceivedEvent, teller: Teller): Promise<Intake> {
    const recorded = await this.record(fact, teller);
    if (recorded.kind !== 'refused') return recorded.kind;
    const { provider } = teller;
    await this.unmatched.keep({ provider, reason: recorded.reason, event, key: keyOf(fact) });
    return 'unmatched';
  }

  private async record(fact: EmailFact, { provider, correlationId }: Teller): Promise<Recorded> {
    const { type, data, machineHint, occurredAt, eventId, recipient } = fact;
    const command = new RecordInteractionCommand(
      {
        recipient: { kind: 'email', value: recipient },
        interaction: { type, data, ...(machineHint === undefined ? {} : { machineHint }) },
        fact: { provider, eventId },
      },
      {
        context: { actor: { kind: 'service', id: `webhook-${provider}` }, correlationId, source: provider },
        occurredAt,
        timePrecision: 'instant',
      },
    );
    const result = await this.commands.execute(command);
    if (result.ok) return { kind: result.value.duplicate ? 'duplicate' : 'recorded' };
    const { code } = result.error;
    // Keeping it would be keeping data of somebody who was forgotten.
    if (code === 'candidate-erased') return { kind: 'erased' };
    return { kind: 'refused', reason: reasons[code] ?? 'incomplete' };
  }
}
