// @ts-check

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} UnitTest
 * @typedef {{ name: string, status: string, message?: string, assertionResults: UnitTest[] }} UnitFile
 * @typedef {{ results: { error?: { message?: string } }[] }} BrowserTest
 * @typedef {{ title: string, file: string, line: number, ok: boolean, tests: BrowserTest[] }} Spec
 * @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite
 */

/**
 * Names the failed tests of a Vitest JSON report, each with the first line of its error. A file that failed before its
 * first test is named too.
 * @param {{ testResults: UnitFile[] }} report
 * @param {string} root the folder that file names are relative to
 */
export function unitFailures(report, root) {
  return report.testResults.flatMap((file) => {
    const name = file.name.replace(`${root}/`, '')
    const tests = file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map((one) => sentence(`${name} › ${one.fullName}`, one.failureMessages?.[0]))
    return tests.length === 0 && file.status === 'failed' ? [sentence(name, file.message)] : tests
  })
}

/**
 * Names the failed tests of a Playwright JSON report, each with the first line of its error.
 * @param {Suite} suite
 * @returns {string[]}
 */
export function browserFailures({ specs = [], suites = [] }) {
  const own = specs
    .filter(({ ok }) => !ok)
    .map((spec) => {
      const error = spec.tests.flatMap(({ results }) => results).find((one) => one.error)?.error
      return sentence(`${spec.file}:${spec.line} › ${spec.title}`, error?.message)
    })
  return [...own, ...suites.flatMap(browserFailures)]
}

/**
 * @param {string} test
 * @param {string | undefined} error
 */
function sentence(test, error) {
  const first = (error ?? '').split('\n').find((line) => line.trim() !== '')
  return first ? `${test}: ${first.trim()}` : test
}
