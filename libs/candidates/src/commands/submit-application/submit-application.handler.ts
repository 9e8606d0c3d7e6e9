import { CommandRunner } from '#libs/event-store';
import { err, refusal } from '#libs/kernel';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { applicationDecider } from '../../application/application-decider.js';
import { OccurredAtCheck } from '../occurred-at-check.js';
import type { Outcome } from '../outcome.js';
import { SubmitApplicationCommand } from './submit-application.command.js';

const candidateUnknown = refusal(
  'not-found',
  'candidate-unknown',
  'There is no candidate with this id.',
  '/candidateId',
);

@CommandHandler(SubmitApplicationCommand)
export class SubmitApplicationHandler implements ICommandHandler<SubmitApplicationCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly occurredAt: OccurredAtCheck,
  ) {}

  async execute({ applicationId, application, meta }: SubmitApplicationCommand): Promise<Outcome> {
    const impossible = this.occurredAt.refuse(meta.occurredAt);
    if (impossible) return err(impossible);
    const { candidateId } = application;
    if (!(await this.runner.exists({ category: 'candidate', id: candidateId }))) return err(candidateUnknown);
    return this.runner.execute({
      decider: applicationDecider,
      stream: { category: 'application', id: applicationId },
      subjectId: candidateId,
      likelyNew: true,
      command: { kind: 'submit', application },
      meta,
    });
  }
}
