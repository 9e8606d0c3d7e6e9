import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { candidateDecider } from '../../candidate/candidate-decider.js';
import { TagVocabulary } from '../../tags/tag-vocabulary.js';
import type { Outcome } from '../outcome.js';
import { TagCandidateCommand } from './tag-candidate.command.js';

@CommandHandler(TagCandidateCommand)
export class TagCandidateHandler implements ICommandHandler<TagCandidateCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly vocabulary: TagVocabulary,
  ) {}

  execute({ candidateId, tags, meta }: TagCandidateCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: candidateDecider,
      stream: { category: 'candidate', id: candidateId },
      subjectId: candidateId,
      command: { kind: 'tag', add: this.vocabulary.split(tags.add), remove: this.vocabulary.eitherWay(tags.remove) },
      meta,
    });
  }
}
