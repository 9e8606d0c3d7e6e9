import type { CommandOutcome } from '#libs/event-store';
import type { Refusal, Result } from '#libs/kernel';

/** What a command handler answers. */
export type Outcome = Result<CommandOutcome, Refusal>;
/** Where the candidate was found by an address, this says who it is. */
export type AddressedOutcome = Result<CommandOutcome & { readonly candidateId: string }, Refusal>;
