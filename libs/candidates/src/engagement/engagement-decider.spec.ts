import { describe, expect, it } from '@jest/globals';
import { fold, UnknownEventError } from '#libs/kernel';
import { given } from '#libs/testing';
import {
  engagementEventDefinitions,
  type AgentVerdict,
  type ClassificationEvent,
  type Classified,
  type EngagementEvent,
} from '../events/index.js';
import { engagementDecider } from './engagement-decider.js';
import { verdictsOf } from './verdicts.js';

const note: EngagementEvent = { type: 'note.added', data: { text: 'Prefers to be called in the evening.' } };
const judged = (verdict: AgentVerdict, classifierVersion = 1, networks?: string): Classified => ({
  eventId: '0b8d2f6e-92c1-4f44-8f0e-0d7b6a9c3e21',
  verdict,
  classifierVersion,
  reasons: [],
  ...(networks === undefined ? {} : { networks }),
});
const classified = (data: Classified): ClassificationEvent => ({ type: 'engagement.classified', data });
const opened: EngagementEvent = { type: 'email.opened', data: { agent: 'human' } };

describe('What happened with a person', () => {
  it('is taken as it comes, whatever came before', () => {
    given(engagementDecider, []).when({ event: opened }).thenGives([opened]);
    given(engagementDecider, [note, opened]).when({ event: opened }).thenGives([opened]);
  });

  it('is counted, of every kind that there is', () => {
    // The count looks at types alone.
    const history = engagementEventDefinitions.map(({ type }) => ({ type, data: {} }) as EngagementEvent);
    expect(fold(engagementDecider, history)).toMatchObject({ interactions: engagementEventDefinitions.length });
  });

  it('is not decided on where half of it is unknown', () => {
    const newer = { type: 'pigeon.sent', data: {} } as unknown as EngagementEvent;
    expect(() => fold(engagementDecider, [note, newer])).toThrow(UnknownEventError);
  });

  it('is judged afterwards, and again where the verdict is another one, but not by an older classifier', () => {
    const machine = judged('machine');
    given(engagementDecider, [opened])
      .when({ verdicts: [machine] })
      .thenGives([classified(machine)]);
    given(engagementDecider, [classified(machine)])
      .when({ verdicts: [judged('machine', 2)] })
      .thenGives([]);
    const human = judged('human', 2);
    given(engagementDecider, [classified(machine)])
      .when({ verdicts: [human] })
      .thenGives([classified(human)]);
    given(engagementDecider, [classified(human)])
      .when({ verdicts: [machine] })
      .thenGives([]);
    expect([...verdictsOf([opened, classified(machine), classified(human)]).values()]).toEqual([human]);
  });

  it('is judged again by other lists of networks, but without lists only where it was a machine even so', () => {
    const [unknown, human] = [judged('unknown', 1, 'a'.repeat(12)), judged('human', 1, 'b'.repeat(12))];
    given(engagementDecider, [classified(unknown)])
      .when({ verdicts: [human] })
      .thenGives([classified(human)]);
    given(engagementDecider, [classified(unknown)])
      .when({ verdicts: [judged('human'), judged('human', 2)] })
      .thenGives([]);
    given(engagementDecider, [classified(human)])
      .when({ verdicts: [judged('machine')] })
      .thenGives([classified(judged('machine'))]);
    given(engagementDecider, [classified(judged('human'))])
      .when({ verdicts: [unknown] })
      .thenGives([classified(unknown)]);
  });

  it('is judged the same again once lists of networks bear it out, so that what is thought without them later counts for less', () => {
    const [plain, listed] = [judged('unknown'), judged('unknown', 1, 'a'.repeat(12))];
    given(engagementDecider, [classified(plain)])
      .when({ verdicts: [listed] })
      .thenGives([classified(listed)]);
    given(engagementDecider, [classified(plain), classified(listed)])
      .when({ verdicts: [judged('human'), judged('unknown', 1, 'b'.repeat(12))] })
      .thenGives([]);
    given(engagementDecider, [classified(judged('machine'))])
      .when({ verdicts: [judged('machine', 1, 'a'.repeat(12))] })
      .thenGives([]);
  });
});
