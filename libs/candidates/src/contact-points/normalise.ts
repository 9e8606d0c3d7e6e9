import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** Lower case, without surrounding space. Two spellings of one mailbox that providers treat alike (dots, plus) stay two. */
export const normaliseEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** E.164 where the number can be read, given the country of the person; else what digits there are. */
export const normalisePhone = (phone: string, country?: string): string => {
  const parsed = parsePhoneNumberFromString(phone, country as CountryCode | undefined);
  if (parsed?.isPossible()) return parsed.number;
  const digits = phone.replace(/[^\d+]/g, '');
  return digits === '' ? phone.trim() : digits;
};

/** What names the person in `facebook.com/profile.php?id=…` and `scholar.google.com/citations?user=…`; all else in a query says how somebody got there. */
const namingParameters = ['id', 'user'];

/**
 * `https`, host in lower case without `www.`, no fragment, no trailing slash, of the query only what names the person.
 * What isn't a web address (an email address in the wrong field, say) stays as it is.
 */
export const normaliseUrl = (url: string): string => {
  const text = url.trim();
  const parsed = URL.canParse(text)
    ? new URL(text)
    : URL.canParse(`https://${text}`)
      ? new URL(`https://${text}`)
      : undefined;
  if (!parsed || !parsed.hostname.includes('.') || parsed.username !== '') return text;
  const naming = new URLSearchParams([...parsed.searchParams].filter(([name]) => namingParameters.includes(name)));
  const query = naming.size > 0 ? `?${naming.toString()}` : '';
  return `https://${parsed.host.replace(/^www\./, '')}${parsed.pathname.replace(/\/+$/, '')}${query}`;
};

/** The form in which contacts are stored, indexed and compared. Kinds other than addresses (external ids, messages) are only trimmed. */
export const normaliseContact = (kind: string, value: string, country?: string): string => {
  switch (kind) {
    case 'email':
      return normaliseEmail(value);
    case 'phone':
      return normalisePhone(value, country);
    case 'profile-url':
      return normaliseUrl(value);
    default:
      return value.trim();
  }
};
