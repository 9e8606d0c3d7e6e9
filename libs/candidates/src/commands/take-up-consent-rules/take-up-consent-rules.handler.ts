import { CommandRunner } from '#libs/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consentRulesDecider } from '../../consent-rules/consent-rules-decider.js';
import type { Outcome } from '../outcome.js';
import { TakeUpConsentRulesCommand } from './take-up-consent-rules.command.js';

@CommandHandler(TakeUpConsentRulesCommand)
export class TakeUpConsentRulesHandler implements ICommandHandler<TakeUpConsentRulesCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ version, meta }: TakeUpConsentRulesCommand): Promise<Outcome> {
    return this.runner.execute({
      decider: consentRulesDecider,
      stream: { category: 'consent', id: 'rules' },
      command: { version },
      meta,
    });
  }
}
