/** Prints what came out on a line of its own, for programs that read it: `12 passed, 0 failed`. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    // A suite that could not even be loaded has no failed test, but it did fail.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const parts = [`${results.numPassedTests} passed`, `${failed} failed`];
    if (skipped > 0) parts.push(`${skipped} skipped`);
    process.stdout.write(`\n${parts.join(', ')}\n`);
  }
}
