import { CommandRunner } from '#libs/event-store';
import { Injectable } from '@nestjs/common';
import { signUpFormDecider } from '../form/sign-up-form-decider.js';
import type { KnownForm } from '../form/sign-up-form.js';

/** Forms as the store has them. */
@Injectable()
export class SignUpForms {
  constructor(private readonly runner: CommandRunner) {}

  /** Undefined where there's none. */
  async find(id: string): Promise<KnownForm | undefined> {
    const form = (await this.runner.load(signUpFormDecider, { category: 'sign-up-form', id }))?.state;
    return form?.kind === 'known' ? form : undefined;
  }
}
