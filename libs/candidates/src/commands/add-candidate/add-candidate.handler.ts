import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { candidateDecider } from '../../candidate/candidate-decider.js';
import { TagVocabulary } from '../../tags/tag-vocabulary.js';
import { CandidateContacts } from '../candidate-contacts.js';
import { DeclaredCustomFields } from '../declared-custom-fields.js';
import { normalise } from '../normalised.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import type { Outcome } from '../outcome.js';
import { AddCandidateCommand } from './add-candidate.command.js';

@CommandHandler(AddCandidateCommand)
export class AddCandidateHandler implements ICommandHandler<AddCandidateCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly contacts: CandidateContacts,
    private readonly vocabulary: TagVocabulary,
    private readonly occurredAt: OccurredAtCheck,
    private readonly fields: DeclaredCustomFields,
  ) {}

  async execute({ candidateId, candidate: told, meta }: AddCandidateCommand): Promise<Outcome> {
    const { customFields: own, ...candidate } = told;
    const impossible = this.occurredAt.refuse(meta.occurredAt);
    if (impossible) return err(impossible);
    const customFields = await this.fields.values(own);
    if (!customFields.ok) return customFields;
    const contactPoints = this.contacts.normalise(candidate.contactPoints, candidate.location?.country);
    const externalIds = this.contacts.normaliseIds(candidate.externalIds);
    return this.runner.execute({
      decider: candidateDecider,
      stream: { category: 'candidate', id: candidateId },
      subjectId: candidateId,
      // With a key it may be the id of whoever the same key added, and this another request that's refused.
      likelyNew: meta.commandKey === undefined,
      beforeAppend: () => this.contacts.makeFindable(candidateId, { contactPoints, externalIds }),
      command: {
        kind: 'add',
        candidate: {
          ...candidate,
          ...this.vocabulary.split(candidate.tags),
          contactPoints,
          skills: [...candidate.skills],
          interests: [...new Set(candidate.interests)],
          externalIds,
          ...normalise(candidate),
        },
        customFields: customFields.value,
      },
      meta,
    });
  }
}
