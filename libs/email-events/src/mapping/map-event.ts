import type { Mapping } from '../email-fact.js';
import type { ReceivedEvent } from '../email-provider.js';
import { mapAmazonSes } from './amazon-ses.js';
import { mapGeneric } from './generic.js';
import { mapMailgun } from './mailgun.js';
import { mapPostmark } from './postmark.js';
import { mapSendGrid } from './sendgrid.js';

/** What an event of a provider means. Pure: the same event means the same when it's replayed. */
export const mapEvent = (provider: string, { payload, envelope }: ReceivedEvent): Mapping => {
  switch (provider) {
    case 'sendgrid':
      return mapSendGrid(payload);
    case 'amazon-ses':
      return mapAmazonSes(payload, envelope ?? { messageId: '', timestamp: '' });
    case 'mailgun':
      return mapMailgun(payload);
    case 'postmark':
      return mapPostmark(payload);
    default:
      return mapGeneric(payload);
  }
};
