export { ChangeFormCommand } from './commands/change-form/change-form.command.js';
export { ConfirmSignUpCommand } from './commands/confirm-sign-up/confirm-sign-up.command.js';
export { DefineFormCommand } from './commands/define-form/define-form.command.js';
export { ConfirmedSignUps } from './commands/confirmed-sign-ups.js';
export * from './events/index.js';
export type { KnownForm } from './form/sign-up-form.js';
export { SignUpForms } from './commands/sign-up-forms.js';
export { SignUpModule } from './sign-up.module.js';
