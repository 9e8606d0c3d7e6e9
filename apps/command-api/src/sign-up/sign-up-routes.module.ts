import { SignUpModule } from '#libs/sign-up';
import { Module } from '@nestjs/common';
import { ShownFormController } from './shown-form.controller.js';

/** What somebody without a key may ask about sign-up forms. Needs the global CommandRunner. */
@Module({ imports: [SignUpModule], controllers: [ShownFormController] })
export class SignUpRoutesModule {}
