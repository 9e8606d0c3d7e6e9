export { ChangeFormCommand } from './commands/change-form/change-form.command.js';
export { DefineFormCommand } from './commands/define-form/define-form.command.js';
export * from './events/sign-up-form-events.js';
export type { KnownForm } from './form/sign-up-form.js';
export { SignUpForms } from './sign-up-forms.js';
export { SignUpModule } from './sign-up.module.js';
