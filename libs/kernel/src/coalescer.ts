/**
 * Joins calls that arrive while an earlier one is under way into one call with many inputs.
 * One at a time: the batch grows exactly as long as the resource behind it is busy.
 */
export class Coalescer<In, Out> {
  private waiting: { input: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  private running = false;

  /** @param work gives one output for each input, in order; if it throws, all its callers get the error */
  constructor(
    private readonly work: (inputs: readonly In[]) => Promise<readonly Out[]>,
    private readonly maxBatch = 1_000,
  ) {}

  call(input: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    // Callers of the same tick go into the first batch too.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.maxBatch);
      try {
        const outputs = await this.work(batch.map((call) => call.input));
        if (outputs.length !== batch.length)
          throw new Error(`Work on ${batch.length} inputs gave ${outputs.length} outputs.`);
        batch.forEach((call, i) => call.resolve(outputs[i]));
      } catch (error) {
        for (const call of batch) call.reject(error);
      }
    }
    this.running = false;
  }
}
