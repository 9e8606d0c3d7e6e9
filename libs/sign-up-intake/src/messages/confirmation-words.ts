import type { Language } from './language.js';

/** What the message that asks for a confirmation says, in a language; `{form}` and `{days}` are filled in. */
export interface ConfirmationWords {
  readonly subject: string;
  readonly asked: string;
  readonly agree: string;
  readonly topics: string;
  readonly confirm: string;
  readonly ends: string;
  readonly otherwise: string;
  readonly privacy: string;
}

export const confirmationWords: Readonly<Record<Language, ConfirmationWords>> = {
  en: {
    subject: 'Please confirm: {form}',
    asked: 'Somebody entered this address in the form “{form}”. If it was you, please confirm it.',
    agree: 'What you agree to:',
    topics: 'What you are interested in:',
    confirm: 'Confirm',
    ends: 'The link works for {days} days.',
    otherwise: 'If it was not you, do nothing: without a confirmation, what was entered is deleted after {days} days.',
    privacy: 'Privacy',
  },
  de: {
    subject: 'Bitte bestätigen: {form}',
    asked: 'Jemand hat diese Adresse im Formular „{form}“ angegeben. Wenn Sie es waren, bestätigen Sie es bitte.',
    agree: 'Dem stimmen Sie zu:',
    topics: 'Das interessiert Sie:',
    confirm: 'Bestätigen',
    ends: 'Der Link gilt {days} Tage.',
    otherwise:
      'Wenn Sie es nicht waren, tun Sie nichts: Ohne Bestätigung werden die Angaben nach {days} Tagen gelöscht.',
    privacy: 'Datenschutz',
  },
  fr: {
    subject: 'Veuillez confirmer : {form}',
    asked: 'Cette adresse a été saisie dans le formulaire « {form} ». Si c’est bien vous, veuillez le confirmer.',
    agree: 'Ce que vous acceptez :',
    topics: 'Ce qui vous intéresse :',
    confirm: 'Confirmer',
    ends: 'Le lien est valable {days} jours.',
    otherwise:
      'Si ce n’est pas vous, ne faites rien : sans confirmation, les données saisies sont supprimées après {days} jours.',
    privacy: 'Protection des données',
  },
  es: {
    subject: 'Por favor, confirme: {form}',
    asked: 'Alguien ha escrito esta dirección en el formulario «{form}». Si ha sido usted, confírmelo, por favor.',
    agree: 'Lo que acepta:',
    topics: 'Lo que le interesa:',
    confirm: 'Confirmar',
    ends: 'El enlace es válido durante {days} días.',
    otherwise: 'Si no ha sido usted, no haga nada: sin confirmación, los datos se eliminan pasados {days} días.',
    privacy: 'Privacidad',
  },
};
