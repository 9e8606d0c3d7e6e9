import { signUpConfirmed } from './sign-up-events.js';
import { signUpFormChanged, signUpFormDefined } from './sign-up-form-events.js';

export * from './sign-up-events.js';
export * from './sign-up-form-events.js';

/** Every event type of this context. */
export const signUpEventDefinitions = [signUpFormDefined, signUpFormChanged, signUpConfirmed] as const;
