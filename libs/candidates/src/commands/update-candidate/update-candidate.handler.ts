import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { candidateDecider, candidateUnknown } from '../../candidate/candidate-decider.js';
import { TagVocabulary } from '../../tags/tag-vocabulary.js';
import { CandidateContacts } from '../candidate-contacts.js';
import type { Outcome } from '../outcome.js';
import { UpdateCandidateCommand } from './update-candidate.command.js';

@CommandHandler(UpdateCandidateCommand)
export class UpdateCandidateHandler implements ICommandHandler<UpdateCandidateCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly contacts: CandidateContacts,
    private readonly vocabulary: TagVocabulary,
  ) {}

  async execute({ candidateId, patch, meta }: UpdateCandidateCommand): Promise<Outcome> {
    // The index is written before the log; for nobody, nothing is.
    if (!(await this.runner.exists({ category: 'candidate', id: candidateId }))) return err(candidateUnknown);
    const { tags, contactPoints: given, skills, interests, ...rest } = patch;
    const contactPoints =
      given === undefined ? undefined : this.contacts.normalise(given ?? [], rest.location?.country);
    await this.contacts.makeFindable(candidateId, {
      ...(contactPoints ? { contactPoints } : {}),
      ...(rest.externalIds ? { externalIds: rest.externalIds } : {}),
    });
    return this.runner.execute({
      decider: candidateDecider,
      stream: { category: 'candidate', id: candidateId },
      subjectId: candidateId,
      command: {
        kind: 'update',
        update: {
          ...rest,
          ...(contactPoints ? { contactPoints } : {}),
          ...(skills === undefined ? {} : { skills: skills ?? [] }),
          ...(interests === undefined ? {} : { interests: interests ?? [] }),
          ...(tags === undefined ? {} : { tags: this.vocabulary.split(tags ?? []) }),
        },
      },
      meta,
    });
  }
}
