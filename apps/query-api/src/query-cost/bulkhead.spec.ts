import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Bulkhead, BulkheadFullError } from './bulkhead.js';

const roomy = { perCaller: 2, total: 3, waitingPerCaller: 2, waitMilliseconds: 60_000 };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a bulkhead', () => {
  it('lets one caller have its share, and others go past those of it that wait', async () => {
    const bulkhead = new Bulkhead(roomy);
    const entered: string[] = [];
    const enter = async (caller: string, name: string) => {
      const leave = await bulkhead.enter(caller);
      entered.push(name);
      return leave;
    };
    const leaveFirst = await enter('a', 'a1');
    await enter('a', 'a2');
    const third = enter('a', 'a3');
    const fourth = enter('a', 'a4');
    await enter('b', 'b1');
    expect(entered).toEqual(['a1', 'a2', 'b1']);
    await expect(bulkhead.enter('a')).rejects.toEqual(new BulkheadFullError('crowded'));
    leaveFirst();
    leaveFirst();
    await third;
    await settled();
    expect(entered).toEqual(['a1', 'a2', 'b1', 'a3']);
    (await third)();
    await fourth;
    expect(entered.at(-1)).toBe('a4');
  });

  it('refuses what has waited too long, and keeps its place for nobody', async () => {
    const bulkhead = new Bulkhead({ ...roomy, perCaller: 1, waitMilliseconds: 5 });
    const leave = await bulkhead.enter('a');
    await expect(bulkhead.enter('a')).rejects.toEqual(new BulkheadFullError('waited'));
    leave();
    await expect(bulkhead.enter('a')).resolves.toBeDefined();
  });

  it('never has more at work than it may, and forgets nobody', async () => {
    const caller = fc.constantFrom('a', 'b', 'c');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(caller, fc.nat(5)), { maxLength: 60 }), async (steps) => {
        const bulkhead = new Bulkhead({ ...roomy, waitingPerCaller: 100 });
        const working: { caller: string; leave: () => void }[] = [];
        let asked = 0;
        let served = 0;
        const check = (): void => {
          expect(working.length).toBeLessThanOrEqual(roomy.total);
          for (const name of ['a', 'b', 'c']) {
            expect(working.filter((one) => one.caller === name).length).toBeLessThanOrEqual(roomy.perCaller);
          }
        };
        const leaveOne = async (index: number): Promise<void> => {
          working.splice(index % working.length, 1)[0]?.leave();
          await settled();
          check();
        };
        for (const step of steps) {
          if (typeof step === 'number') {
            if (working.length > 0) await leaveOne(step);
            continue;
          }
          asked += 1;
          void bulkhead.enter(step).then((leave) => {
            served += 1;
            working.push({ caller: step, leave });
          });
          await settled();
          check();
        }
        while (working.length > 0) await leaveOne(0);
        expect(served).toBe(asked);
      }),
      { numRuns: 50 },
    );
  });
});
