import type { CommandOutcome, StreamRef } from '#libs/event-store';
import type { Refusal, Result } from '#libs/kernel';

/** What a command handler answers. */
export type Outcome = Result<CommandOutcome, Refusal>;

/** The one stream on which it's decided which models there are. */
export const fitModelsStream: StreamRef = { category: 'fit', id: 'models' };
