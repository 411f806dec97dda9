import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Prints `N passed, N failed` as the last line. A file that cannot be loaded, or an error outside of tests, counts as failed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const states = modules.flatMap(module => [...module.children.allTests()].map(test => test.result().state));
    const count = (state: string) => states.filter(other => other === state).length;
    const broken = modules.filter(module => module.errors().length > 0).length + unhandled.length;
    if (count('skipped') > 0) console.log(`${count('skipped')} skipped`);
    console.log(`${count('passed')} passed, ${count('failed') + broken} failed`);
  }
}
