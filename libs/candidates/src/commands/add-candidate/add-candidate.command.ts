import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { CandidateAdded } from '../../events/index.js';
import type { Outcome } from '../outcome.js';

/** A person as they're told to us; contacts needn't be normalised, tags needn't be told apart. */
export type NewCandidate = Omit<
  CandidateAdded,
  'tags' | 'freeTags' | 'contactPoints' | 'skills' | 'interests' | 'externalIds' | 'normalised'
> & {
  readonly tags: readonly string[];
  readonly contactPoints: readonly CandidateAdded['contactPoints'][number][];
  readonly skills: readonly CandidateAdded['skills'][number][];
  readonly interests: readonly string[];
  readonly externalIds: readonly CandidateAdded['externalIds'][number][];
  /** Values by the key of the field. */
  readonly customFields?: Readonly<Record<string, unknown>>;
};

/** Refused with `candidate-exists` for an id that's taken, and for values of custom fields that aren't what was declared. */
export class AddCandidateCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly candidate: NewCandidate,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
