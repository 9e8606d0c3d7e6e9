import type { Outcome } from '#libs/candidates';
import type { CommandMeta } from '#libs/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonJudge } from './person-judge.js';

/** Find out who did what a person is told to have done. */
export class JudgePersonCommand extends Command<Outcome> {
  constructor(
    readonly candidateId: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(JudgePersonCommand)
export class JudgePersonHandler implements ICommandHandler<JudgePersonCommand> {
  constructor(private readonly judge: PersonJudge) {}

  execute({ candidateId, meta }: JudgePersonCommand): Promise<Outcome> {
    return this.judge.record(candidateId, meta);
  }
}
