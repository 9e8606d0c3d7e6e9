import { CommandRunner } from '#libs/event-store';
import { err } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { candidateDecider, candidateUnknown } from '../../candidate/candidate-decider.js';
import type { ContactPoint } from '../../events/index.js';
import { TagVocabulary } from '../../tags/tag-vocabulary.js';
import { CandidateContacts } from '../candidate-contacts.js';
import { DeclaredCustomFields } from '../declared-custom-fields.js';
import { normalise } from '../normalised.js';
import type { Outcome } from '../outcome.js';
import { UpdateCandidateCommand, type CandidatePatch } from './update-candidate.command.js';

@CommandHandler(UpdateCandidateCommand)
export class UpdateCandidateHandler implements ICommandHandler<UpdateCandidateCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly contacts: CandidateContacts,
    private readonly vocabulary: TagVocabulary,
    private readonly fields: DeclaredCustomFields,
  ) {}

  async execute({ candidateId, patch, meta }: UpdateCandidateCommand): Promise<Outcome> {
    if (!(await this.runner.exists({ category: 'candidate', id: candidateId }))) return err(candidateUnknown);
    const { tags, contactPoints: given, externalIds: ids, skills, interests, customFields: own, ...rest } = patch;
    const customFields = await this.fields.values(own);
    if (!customFields.ok) return customFields;
    const contactPoints = given === undefined ? undefined : await this.normalised(candidateId, given ?? [], rest);
    const externalIds = ids === undefined ? undefined : this.contacts.normaliseIds(ids);
    const contacts = { ...(contactPoints ? { contactPoints } : {}), ...(externalIds ? { externalIds } : {}) };
    return this.runner.execute({
      decider: candidateDecider,
      stream: { category: 'candidate', id: candidateId },
      subjectId: candidateId,
      beforeAppend: () => this.contacts.makeFindable(candidateId, contacts),
      command: {
        kind: 'update',
        update: {
          ...rest,
          ...normalise(patch),
          ...contacts,
          customFields: customFields.value,
          ...(skills === undefined ? {} : { skills: skills ?? [] }),
          ...(interests === undefined ? {} : { interests: [...new Set(interests)] }),
          ...(tags === undefined ? {} : { tags: this.vocabulary.split(tags ?? []) }),
        },
      },
      meta,
    });
  }

  /** A patch that says where somebody lives now says how to read their phone numbers, too. */
  private normalised(
    candidateId: string,
    contactPoints: readonly ContactPoint[],
    { location }: CandidatePatch,
  ): ContactPoint[] | Promise<ContactPoint[]> {
    return location === undefined
      ? this.contacts.normaliseFor(candidateId, contactPoints)
      : this.contacts.normalise(contactPoints, location?.country);
  }
}
