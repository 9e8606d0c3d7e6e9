import type { CommandOutcome, StreamRef } from '#libs/event-store';
import type { Refusal, Result } from '#libs/kernel';

/** What a command handler answers. */
export type Outcome = Result<CommandOutcome, Refusal>;

export const planStream = (planId: string): StreamRef => ({ category: 'hygiene-plan', id: planId });
