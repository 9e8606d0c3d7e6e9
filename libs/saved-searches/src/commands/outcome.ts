import type { CommandOutcome } from '#libs/event-store';
import type { Refusal, Result } from '#libs/kernel';

/** What a command handler answers. */
export type Outcome = Result<CommandOutcome, Refusal>;
