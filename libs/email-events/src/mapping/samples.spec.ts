import { candidatesEventDefinitions, interactionEvent } from '#libs/candidates';
import { EventRegistry } from '#libs/event-store';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Mapping } from '../email-fact.js';
import { mapEvent } from './map-event.js';

const samples = (name: string): Record<string, unknown>[] =>
  JSON.parse(readFileSync(new URL(`../../../../test/data/email/${name}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >[];
const envelope = { messageId: 'sns-1', timestamp: '2026-03-01T12:00:00.000Z' };

const brief = (mapping: Mapping): string =>
  mapping.kind === 'unmapped'
    ? mapping.reason
    : mapping.facts
        .map(({ type, recipient, occurredAt }) => `${type} ${recipient} ${occurredAt.toISOString()}`)
        .join('; ');

const registry = new EventRegistry(candidatesEventDefinitions);
const mappings = {
  sendgrid: samples('sendgrid').map((payload) => mapEvent('sendgrid', { payload })),
  'amazon-ses': samples('amazon_ses').map((payload) => mapEvent('amazon-ses', { payload, envelope })),
  mailgun: samples('mailgun').map((body) => mapEvent('mailgun', { payload: body['event-data'] })),
  postmark: samples('postmark').map((payload) => mapEvent('postmark', { payload })),
};

describe('What the samples of each provider mean', () => {
  it('SendGrid', () => {
    expect(mappings.sendgrid.map(brief)).toEqual([
      'email.sent recipient@example.com 2016-04-19T19:47:26.000Z',
      'email.delivered recipient@example.com 2016-04-19T19:47:30.000Z',
      'email.dropped example@example.com 2017-12-15T00:59:29.000Z',
      'email.dropped unsubscribe@example.com 2016-04-19T19:47:30.000Z',
      'email.deferred recipient@example.com 2016-04-21T01:09:50.000Z',
      'email.opened recipient@example.com 2016-04-19T19:47:30.000Z',
      'email.delivered recipient@example.com 2016-04-19T19:47:30.000Z',
    ]);
  });

  it('Amazon SES', () => {
    expect(mappings['amazon-ses'].map(brief)).toEqual([
      'email.bounced jane@example.com 2016-01-27T14:59:44.101Z',
      'email.bounced jane@example.com 2026-03-01T12:00:00.000Z; email.bounced richard@example.com 2026-03-01T12:00:00.000Z',
      'email.delivered jane@example.com 2016-01-27T14:59:38.237Z',
      'email.sent recipient@example.com 2016-10-14T05:02:16.645Z',
      'email.opened recipient@example.com 2017-08-09T22:00:19.652Z',
      'email.clicked recipient@example.com 2017-08-09T23:51:25.570Z',
    ]);
  });

  it('Mailgun', () => {
    expect(mappings.mailgun.map(brief)).toEqual([
      'incomplete',
      'email.delivered recipient@example.com 2018-08-12T21:17:17.153Z',
      'email.deferred undeliverable@nomx.example.com 2018-08-12T22:11:39.660Z',
      'email.deferred undeliverable@mx.example.com 2018-08-12T22:11:39.660Z',
      'email.complained recipient@example.com 2013-08-22T23:31:00.050Z',
      'email.unsubscribed recipient@example.com 2013-08-22T23:23:11.421Z',
      'email.clicked recipient@example.com 2018-08-12T21:33:20.090Z',
      'incomplete',
    ]);
  });

  it('Postmark', () => {
    expect(mappings.postmark.map(brief)).toEqual([
      'email.bounced bounce@example.com 2016-04-27T20:28:50.396Z',
      'email.delivered recipient@example.com 2014-08-01T17:28:10.273Z',
      'email.clicked recipient@example.com 2017-10-25T15:21:11.906Z',
      'email.complained spam@example.com 2016-04-27T20:28:50.396Z',
      'email.resubscribed john@example.com 2022-06-05T17:17:32.000Z',
      'email.bounced john@example.com 2022-06-05T17:17:32.000Z',
      'unknown-type',
    ]);
  });

  it('are events that their schemas take, each with a key of its own', () => {
    const facts = Object.entries(mappings).flatMap(([provider, all]) =>
      all.flatMap((mapping) => (mapping.kind === 'facts' ? mapping.facts.map((fact) => ({ provider, ...fact })) : [])),
    );
    expect(facts).toHaveLength(26);
    for (const { type, data } of facts) {
      const event = interactionEvent({ type, data });
      expect(() => registry.get(type)?.checkNew(event.data)).not.toThrow();
    }
    const keys = new Set(
      facts.map(({ provider, eventId, recipient }) => JSON.stringify([provider, eventId, recipient])),
    );
    // SendGrid's two deliveries have one id; SES's samples got one envelope here.
    expect(keys.size).toBe(26 - 1 - 4);
  });
});

describe('What is told apart', () => {
  const open = { event: 'open', email: 'ada@example.org', timestamp: 1_772_366_400, sg_event_id: 'x' };
  const hint = (payload: unknown, provider = 'sendgrid'): boolean | undefined => {
    const mapping = mapEvent(provider, { payload });
    return mapping.kind === 'facts' ? mapping.facts[0]?.machineHint : undefined;
  };

  it('a machine, as far as the provider says', () => {
    expect(hint(open)).toBeUndefined();
    expect(hint({ ...open, sg_machine_open: true })).toBe(true);
    expect(hint({ ...open, sg_machine_open: false })).toBe(false);
    const click = { event: 'clicked', recipient: 'ada@example.org', timestamp: 1_772_366_400.5, id: 'y' };
    expect(hint({ ...click, 'client-info': { bot: '' } }, 'mailgun')).toBeUndefined();
    expect(hint({ ...click, 'client-info': { bot: 'gmail' } }, 'mailgun')).toBe(true);
  });

  it('who did it: of several recipients of one message, SES does not say', () => {
    const payload = { eventType: 'Open', mail: { destination: ['a@x.example', 'b@x.example'] }, open: {} };
    expect(brief(mapEvent('amazon-ses', { payload, envelope }))).toBe('ambiguous-recipient');
  });

  it.each(['suppress-bounce', 'suppress-unsubscribe', 'suppress-complaint'])(
    "what Mailgun didn't try, by its list (%s), from what a server refused",
    (reason) => {
      const failed = { event: 'failed', severity: 'permanent', recipient: 'ada@x.example', timestamp: 1, id: 'x' };
      const description = 'Not delivering to previously bounced address';
      const status = { code: 605, message: '', description };
      const listed = mapEvent('mailgun', { payload: { ...failed, reason, 'delivery-status': status } });
      expect(listed).toMatchObject({ facts: [{ type: 'email.dropped', data: { reason: description } }] });
      expect(listed).not.toHaveProperty('facts.0.data.kind');
      expect(mapEvent('mailgun', { payload: { ...failed, 'delivery-status': { code: 607 } } })).toMatchObject({
        facts: [{ type: 'email.dropped' }],
      });
      expect(
        mapEvent('mailgun', { payload: { ...failed, reason: 'bounce', 'delivery-status': { code: 550 } } }),
      ).toMatchObject({ facts: [{ type: 'email.bounced', data: { kind: 'hard' } }] });
    },
  );

  it.each([
    'Suppressed',
    'OnAccountSuppressionList',
    'OnTenantSuppressionList',
    'EmailValidationSuppressed',
    'UnsubscribedRecipient',
  ])("what SES didn't try, by its list (%s), from what a server refused", (bounceSubType) => {
    const bounce = (more: object) =>
      mapEvent('amazon-ses', {
        payload: {
          eventType: 'Bounce',
          mail: { messageId: 'm' },
          bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'ada@x.example' }], ...more },
        },
        envelope,
      });
    expect(bounce({ bounceSubType })).toMatchObject({ facts: [{ type: 'email.dropped' }] });
    expect(bounce({ bounceSubType })).toHaveProperty('facts.0.data', { messageId: 'm', reason: bounceSubType });
    expect(bounce({ bounceSubType: 'NoEmail' })).toMatchObject({
      facts: [{ type: 'email.bounced', data: { kind: 'hard', reason: 'NoEmail' } }],
    });
  });

  it('what a server said of one recipient of a bounce, who is mostly named in it, from what it said of another', () => {
    const recipients = [
      { emailAddress: 'Ada <ada@x.example>', diagnosticCode: 'smtp; 550 5.1.1 <ada@x.example>: user unknown' },
      { emailAddress: 'bob@x.example', diagnosticCode: 'smtp; 552 mailbox full' },
      { emailAddress: 'eve@x.example' },
    ];
    const bounce = { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: recipients };
    const payload = { eventType: 'Bounce', mail: {}, bounce };
    expect(mapEvent('amazon-ses', { payload, envelope })).toMatchObject({
      facts: [
        { recipient: 'ada@x.example', data: { reason: 'smtp; 550 5.1.1 <ada@x.example>: user unknown' } },
        { recipient: 'bob@x.example', data: { reason: 'smtp; 552 mailbox full' } },
        { recipient: 'eve@x.example', data: { reason: 'General' } },
      ],
    });
  });

  it("a complaint from its opposite, from a program's report, and from SES's not having tried because of an earlier one", () => {
    const complaint = (more: object) =>
      mapEvent('amazon-ses', {
        payload: {
          eventType: 'Complaint',
          mail: {},
          complaint: { complainedRecipients: [{ emailAddress: 'ada@x.example' }], ...more },
        },
        envelope,
      });
    expect(complaint({})).toMatchObject({ facts: [{ type: 'email.complained' }] });
    for (const complaintFeedbackType of ['abuse', 'fraud', 'other', 'something new'])
      expect(complaint({ complaintFeedbackType })).toMatchObject({ facts: [{ type: 'email.complained' }] });
    for (const complaintFeedbackType of ['not-spam', 'virus', 'auth-failure', 'Auth-Failure'])
      expect(complaint({ complaintFeedbackType })).toEqual({ kind: 'unmapped', reason: 'unknown-type' });
    expect(complaint({ complaintSubType: 'OnAccountSuppressionList' })).toMatchObject({
      facts: [{ type: 'email.dropped', data: { reason: 'OnAccountSuppressionList' } }],
    });
  });

  it('hostile or broken payloads: each is incomplete or unknown, and none throws', () => {
    const broken: unknown[] = [null, 7, 'x', [], {}, { event: {} }, { ...open, email: 'no address' }];
    const more = [
      { ...open, timestamp: 'soon' },
      { ...open, timestamp: 1e300 },
      { ...open, event: 'constructor' },
      { ...open, email: ['a@x.example'] },
    ];
    for (const payload of [...broken, ...more])
      for (const provider of ['sendgrid', 'amazon-ses', 'mailgun', 'postmark', 'brevo'])
        expect([payload, mapEvent(provider, { payload }).kind]).toEqual([payload, 'unmapped']);
  });

  it('a topic that could be somebody’s address, which it leaves out: it lies in the log in the clear', () => {
    const unsubscribed = { id: '1', type: 'email.unsubscribed', recipient: 'ada@example.org' };
    const topicOf = (topic: string) => {
      const mapping = mapEvent('brevo', { payload: { ...unsubscribed, occurredAt: '2026-03-01T12:00:00Z', topic } });
      return mapping.kind === 'facts' ? mapping.facts[0]?.data : undefined;
    };
    expect(topicOf('backend roles')).toEqual({ topic: 'backend roles' });
    expect(topicOf('ada@example.org weekly')).toEqual({});
  });

  it('what the generic endpoint takes', () => {
    const payload = {
      id: '1',
      type: 'email.clicked',
      recipient: 'Ada <ada@example.org>',
      occurredAt: '2026-03-01T12:00:00+01:00',
      url: `https://example.org/${'x'.repeat(3_000)}`,
      campaignId: 'ada@example.org',
      machine: true,
    };
    const mapping = mapEvent('brevo', { payload });
    if (mapping.kind !== 'facts') throw new Error('Not mapped.');
    const [fact] = mapping.facts;
    expect(fact).toMatchObject({ eventId: '1', recipient: 'ada@example.org', machineHint: true });
    expect(fact?.occurredAt.toISOString()).toBe('2026-03-01T11:00:00.000Z');
    expect(fact?.data['url']).toHaveLength(2_000);
    expect(fact?.data['campaignId']).toBeUndefined();
  });
});
