import { normaliseContact } from '#libs/candidates';
import { invalidRequest, ProblemError, retryAfter, type FieldError } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { Digests } from '#libs/privacy';
import { SignUpForms, type KnownForm } from '#libs/sign-up';
import {
  CONFIRMATION_EMAIL,
  confirmationToken,
  FormTickets,
  PendingSignUps,
  type ConfirmationContent,
  type Kept,
  type Submission,
} from '#libs/sign-up-intake';
import { Inject, Injectable } from '@nestjs/common';
import type { AskedConsentDto } from '../sign-up-form.dto.js';
import { PublicAddress } from './public-address.js';
import { SignUpRates } from './sign-up-rates.js';
import { SIGN_UP_SETTINGS, type SignUpSettings } from './sign-up-settings.js';
import type { SubmitSignUpDto } from './submit-sign-up.dto.js';

const NOT_CONFIGURED_RETRY_SECONDS = 300;

const sameConsent = (a: AskedConsentDto, b: { purpose: string; channel: string }): boolean =>
  a.purpose === b.purpose && a.channel === b.channel;

/** What was entered that the form doesn't have. */
const strangers = (form: KnownForm, { topics = [], consents }: SubmitSignUpDto): FieldError[] => [
  ...topics.flatMap((topic, at) =>
    form.topics.includes(topic) ? [] : [{ pointer: `/topics/${at}`, detail: 'must be a topic of the form' }],
  ),
  ...consents.flatMap((consent, at) =>
    form.consents.some((asked) => sameConsent(consent, asked))
      ? []
      : [{ pointer: `/consents/${at}`, detail: 'must be a consent that the form asks for' }],
  ),
];

/** Takes what people enter into forms, and has each asked by email whether it was them. */
@Injectable()
export class SignUpSubmissions {
  private readonly counts: Record<Kept | 'machine', number> = { kept: 0, repeated: 0, 'held-back': 0, machine: 0 };
  private readonly rates: SignUpRates;
  readonly tickets: FormTickets;

  constructor(
    private readonly forms: SignUpForms,
    private readonly pending: PendingSignUps,
    private readonly digests: Digests,
    private readonly address: PublicAddress,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SIGN_UP_SETTINGS) private readonly settings: SignUpSettings,
    metrics: Metrics,
  ) {
    this.rates = new SignUpRates(settings);
    this.tickets = new FormTickets(digests, clock, settings.leastMilliseconds);
    metrics.add({
      name: 'rapport_sign_up_submissions_total',
      help: 'Submissions that were answered as taken since the start, by what became of them.',
      label: 'outcome',
      read: () => this.counts,
    });
  }

  /** Any request of anybody, before anything is read for it. Throws a 429 problem. */
  countLook(from: string): void {
    this.rates.countLook(from);
  }

  /** Throws the problem that it's refused with; none of them says anything about who is known. */
  async submit(formId: string, entered: SubmitSignUpDto, from: string): Promise<void> {
    if (!this.settings.emailConfigured)
      throw new ProblemError(503, 'email-not-configured', {
        detail: 'Nobody could be asked to confirm: no email is sent here. docs/sign-up.md says what to set.',
        headers: retryAfter(NOT_CONFIGURED_RETRY_SECONDS),
      });
    this.rates.countNetwork(from);
    const form = await this.openForm(formId);
    if (entered.website !== undefined && entered.website !== '') {
      this.counts.machine++;
      return;
    }
    this.checkTicket(entered.ticket);
    this.rates.countForm(formId);
    if (entered.textVersion !== form.consentText.version)
      throw new ProblemError(409, 'consent-text-changed', {
        detail: 'The form has another text by now. Show it, and ask again.',
        errors: [{ pointer: '/textVersion', detail: 'must be the version of the text that the form has' }],
      });
    const errors = strangers(form, entered);
    if (errors.length > 0) throw invalidRequest(errors);
    this.counts[await this.keep(form, submissionOf(formId, form, entered))]++;
  }

  /** Throws 404 `form-unknown` or 409 `form-closed`. */
  async openForm(formId: string): Promise<KnownForm> {
    const form = await this.forms.find(formId);
    if (!form) throw new ProblemError(404, 'form-unknown', { detail: 'There is no sign-up form with this id.' });
    if (!form.open) throw new ProblemError(409, 'form-closed', { detail: 'This form takes nothing any more.' });
    return form;
  }

  private checkTicket(ticket: string): void {
    const verdict = this.tickets.judge(ticket);
    if (verdict === 'forged')
      throw invalidRequest([{ pointer: '/ticket', detail: 'must be as it came with the form' }]);
    if (verdict === 'too-fast')
      throw new ProblemError(422, 'filled-in-too-fast', { detail: 'Nobody fills in a form so fast. Send it again.' });
    if (verdict === 'too-old')
      throw new ProblemError(409, 'ticket-expired', {
        detail: 'The form was shown more than a day ago. Show it anew.',
      });
  }

  private keep(form: KnownForm, submission: Submission): Promise<Kept> {
    const { name: formName, consentText, privacyUrl } = form;
    const { language, wording } = consentText;
    const base = this.address.base;
    return this.pending.keep(
      submission,
      (token) => {
        const link = `${base}/sign-up/confirmations/${confirmationToken(this.digests, token)}`;
        const { topics } = submission;
        const content: ConfirmationContent = { formName, language, wording, topics, privacyUrl, link };
        return { kind: CONFIRMATION_EMAIL, content };
      },
      this.clock.now(),
    );
  }
}

/** In the form's order, so that the same is the same however it was sent. */
const submissionOf = (formId: string, form: KnownForm, entered: SubmitSignUpDto): Submission => {
  const { email, name, topics = [], consents } = entered;
  return {
    formId,
    email: normaliseContact('email', email),
    address: email.trim(),
    ...(name === undefined ? {} : { name: name.trim() }),
    topics: form.topics.filter((topic) => topics.includes(topic)),
    consents: form.consents.filter((asked) => consents.some((consent) => sameConsent(consent, asked))),
    textVersion: form.consentText.version,
    language: form.consentText.language,
    source: form.source,
  };
};
