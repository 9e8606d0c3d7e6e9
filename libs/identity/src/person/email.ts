/** Domains at which anybody may have a mailbox: that two people share one says nothing of an employer. */
const publicDomains = new Set(
  (
    'gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.co.in ymail.com hotmail.com hotmail.co.uk hotmail.fr outlook.com live.com ' +
    'msn.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net web.de t-online.de freenet.de mail.com mail.ru yandex.ru ' +
    'proton.me protonmail.com pm.me fastmail.com hey.com zoho.com qq.com 163.com 126.com naver.com orange.fr free.fr ' +
    'laposte.net wanadoo.fr libero.it virgilio.it btinternet.com comcast.net verizon.net att.net rediffmail.com uol.com.br'
  ).split(' '),
);

/** Of these it's documented that dots in a mailbox's name don't count. */
const dotless = new Set(['gmail.com', 'googlemail.com']);

/** Mailboxes of an office, not of a person. */
const offices = new Set(
  'info jobs job hr careers career contact office mail admin recruiting recruitment hello team support sales noreply no-reply'.split(
    ' ',
  ),
);

export interface Email {
  /** One spelling a mailbox, as far as its provider is known to treat spellings alike. */
  readonly address: string;
  readonly local: string;
  readonly domain: string;
  /** Anybody may have a mailbox there. */
  readonly open: boolean;
  /** Several people may read it: that two have it in common says little. */
  readonly shared: boolean;
}

/**
 * An address as it's compared, undefined if it's none. What follows a plus is a tag at every provider that we know of
 * that delivers such mail at all; dots are dropped for Gmail only, where they're documented not to count.
 */
export const readEmail = (text: string): Email | undefined => {
  const match = /^([^\s@]+)@([^\s@]+)$/.exec(text.normalize('NFC').trim().toLowerCase());
  if (!match) return undefined;
  const domain = match[2] === 'googlemail.com' ? 'gmail.com' : match[2].replace(/\.$/, '');
  const untagged = match[1].replace(/(?<=.)\+.*$/, '');
  const local = dotless.has(domain) ? untagged.replaceAll('.', '') : untagged;
  if (local === '' || domain === '') return undefined;
  return { address: `${local}@${domain}`, local, domain, open: publicDomains.has(domain), shared: offices.has(local) };
};
