import type { CommandMeta } from '#libs/event-store';
import { Command } from '@nestjs/cqrs';
import type { CandidateUpdate } from '../../candidate/candidate-decider.js';
import type { Outcome } from '../outcome.js';

type Lists = 'contactPoints' | 'skills' | 'interests';

/** As a merge patch: absent leaves, null clears, a list replaces; external ids are added. */
export type CandidatePatch = Omit<CandidateUpdate, 'tags' | 'normalised' | 'customFields' | Lists> & {
  readonly [L in Lists]?: CandidateUpdate[L] | null;
} & {
  readonly tags?: readonly string[] | null;
  /** By the key of the field; null clears. */
  readonly customFields?: Readonly<Record<string, unknown>>;
};

/** Refused with `candidate-unknown` for an id that nobody has, and for values of custom fields that aren't what was declared. */
export class UpdateCandidateCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly patch: CandidatePatch,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}
