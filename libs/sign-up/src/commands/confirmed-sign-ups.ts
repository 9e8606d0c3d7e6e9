import { CommandRunner } from '#libs/event-store';
import { Injectable } from '@nestjs/common';
import type { SignUpConfirmed } from '../events/sign-up-events.js';
import { signUpDecider } from '../submission/sign-up-decider.js';

/** Submissions that were confirmed, as the store has them. */
@Injectable()
export class ConfirmedSignUps {
  constructor(private readonly runner: CommandRunner) {}

  /** Undefined where there's none. */
  async find(id: string): Promise<SignUpConfirmed | undefined> {
    const signUp = (await this.runner.load(signUpDecider, { category: 'sign-up', id }))?.state;
    return signUp?.kind === 'confirmed' ? signUp : undefined;
  }
}
