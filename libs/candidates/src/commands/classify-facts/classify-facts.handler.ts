import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { engagementDecider } from '../../engagement/engagement-decider.js';
import type { Outcome } from '../outcome.js';
import { ClassifyFactsCommand } from './classify-facts.command.js';

@CommandHandler(ClassifyFactsCommand)
export class ClassifyFactsHandler implements ICommandHandler<ClassifyFactsCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ candidateId, verdicts, meta }: ClassifyFactsCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: engagementDecider,
      stream: { category: 'engagement', id: candidateId },
      subjectId: candidateId,
      command: { verdicts },
      meta,
    });
  }
}
