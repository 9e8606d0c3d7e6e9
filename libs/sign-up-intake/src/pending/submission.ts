import type { SignUpConfirmed } from '#libs/sign-up';

/** What somebody entered, checked against the form that they were shown. */
export interface Submission extends Omit<SignUpConfirmed, 'candidateId' | 'submittedAt'> {
  /** As it was typed, but for blanks around it: messages go there. `email` is as it's compared. */
  readonly address: string;
}
