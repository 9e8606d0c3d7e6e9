import { closed, firstVersion, narrative, oneOf } from '#libs/event-fields';
import { Type, type Static } from 'typebox';

export const attachmentKinds = ['resume', 'cover-letter', 'portfolio', 'certificate', 'transcript', 'other'] as const;
/** Type and subtype, without parameters. */
export const MEDIA_TYPE = '^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$';

/** A document that lies elsewhere. Where it lies, what it's called and its digest say who it's of, so they're sealed. */
const attachment = closed({
  kind: oneOf(attachmentKinds),
  /** A URL, or whatever the system that holds it knows it by. */
  reference: narrative(2_000),
  name: Type.Optional(narrative(200)),
  mediaType: Type.String({ maxLength: 127, pattern: MEDIA_TYPE }),
  /** In bytes. */
  size: Type.Integer({ minimum: 0, maximum: 10_000_000_000 }),
  /** Of the bytes, in hexadecimal. */
  sha256: narrative(64),
});
const attachmentsChanged = closed({ attachments: Type.Array(attachment, { maxItems: 100 }) });
/** The complete new list. */
export const candidateAttachmentsChanged = firstVersion('candidate.attachments-changed', attachmentsChanged);

export type Attachment = Static<typeof attachment>;
