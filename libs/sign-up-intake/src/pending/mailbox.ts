import { domainToASCII } from 'node:url';

/** One provider's two names; it reads addresses without their dots. */
const DOTLESS: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * The mailbox that an address most likely leads to, one for all its spellings: what follows a `+`, a domain's last dot and
 * script, and a dotless provider's dots make no other. For counting messages alone: nobody is recognised by it, since with
 * some providers two of these spellings are two people.
 * @param email as it's compared: in lower case
 */
export const mailboxOf = (email: string): string => {
  const at = email.lastIndexOf('@');
  const [beforePlus = ''] = email.slice(0, at).split('+', 1);
  // Where it begins with a plus, that is all there is.
  const local = beforePlus === '' ? email.slice(0, at) : beforePlus;
  const written = email.slice(at + 1);
  // Empty where it can't be written in ASCII. Other scripts have dots of their own, which become ours by it.
  const domain = (domainToASCII(written) || written).replace(/\.+$/, '');
  return DOTLESS.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
};
