/**
 * Prints, as the very last line of a run, the one a script can read: `N passed, N failed`. A suite that could not even load
 * counts as a failure.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const skippedPart = skipped > 0 ? `, ${skipped} skipped` : '';
    process.once('exit', () =>
      process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed${skippedPart}\n`),
    );
  }
}
