import type { CommandOutcome, StreamRef } from '#libs/event-store';
import type { Refusal, Result } from '#libs/kernel';

/** What a command handler answers. */
export type IdentityOutcome = Result<CommandOutcome, Refusal>;

/** The one stream on which it's decided who is whom. */
export const identityStream: StreamRef = { category: 'identity', id: 'merges' };
