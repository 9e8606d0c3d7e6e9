import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { ReportedInteraction } from '../../interactions/interaction-kinds.js';
import type { AddressedOutcome } from '../outcome.js';

/** Whom an interaction is about: the candidate's id, or an address to find them by. */
export type Addressee =
  | { readonly candidateId: string }
  /** `kind`: `email`, `phone`, `profile-url` or `external:<system>`. */
  | { readonly recipient: { readonly kind: string; readonly value: string } };

/** What makes a fact the same fact, however often and in whatever order it's delivered. */
export interface FactIdentity {
  readonly provider: string;
  readonly eventId: string;
}

/** Somebody says what happened, and with whom. */
export type InteractionReport = Addressee & {
  readonly interaction: ReportedInteraction;
  readonly fact?: FactIdentity;
};

/** Refused with `candidate-unknown`, `candidate-ambiguous`, `occurred-in-future`, or `invalid-event` for data that its type doesn't have. */
export class RecordInteractionCommand extends Command<AddressedOutcome> {
  constructor(
    readonly report: InteractionReport,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
