import { parseArgs } from 'node:util'
import { configDefaults } from 'vitest/config'
import { startVitest, type TestCase, type TestModule, type TestSuite, type Vitest } from 'vitest/node'
import { unmark } from './need.ts'

const LONG = 'test/**/*.long.test.ts'
const USAGE = 'npm test -- [--full | --long] [FILE ...]   --full: all tests, --long: the long ones alone'

type Choice = { full: boolean; long: boolean; files: string[] }
type Tally = { passed: number; failed: number; skipped: TestCase[] }

await run(choose(process.argv.slice(2)), Boolean(process.env.CI))

async function run(choice: Choice, ci: boolean): Promise<void> {
  const vitest = await startVitest('test', choice.files, {
    watch: false,
    passWithNoTests: true,
    ...(choice.long ? { include: [LONG] } : {}),
    ...(choice.full || choice.long ? {} : { exclude: [...configDefaults.exclude, LONG] }),
  })
  const tally = count(vitest)
  await vitest.close()
  const problems = judge(tally, ci)
  const sum = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`
  const lines = [...tally.skipped.map(describe), ...problems, sum]
  // The write comes before the exit, because a server that a failed test left open would keep the process alive.
  process.stdout.write(`${lines.join('\n')}\n`, () => process.exit(tally.failed > 0 || problems.length > 0 ? 1 : 0))
}

function choose(words: string[]): Choice {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { full: { type: 'boolean' }, long: { type: 'boolean' } },
    })
    return { full: values.full ?? false, long: values.long ?? false, files: positionals }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(1)
  }
}

/** Counts tests; a file, group or stray error that failed outside of any test counts as one failed test. */
function count(vitest: Vitest): Tally {
  const modules = vitest.state.getTestModules()
  const tests = modules.flatMap(module => [...module.children.allTests()])
  const groups: (TestModule | TestSuite)[] = modules.flatMap(module => [module, ...module.children.allSuites()])
  const state = (wanted: string) => tests.filter(test => test.result().state === wanted)
  const outside = groups.filter(group => group.errors().length > 0).length + vitest.state.getUnhandledErrors().length
  const unfinished = state('pending').length
  return {
    passed: state('passed').length,
    failed: state('failed').length + outside + unfinished,
    skipped: state('skipped'),
  }
}

function judge(tally: Tally, ci: boolean): string[] {
  const problems: string[] = []
  if (tally.passed + tally.failed === 0) problems.push('FAILED: no test ran')
  if (ci && tally.skipped.length > 0) {
    problems.push(`FAILED: CI skips nothing, and ${tally.skipped.length} tests were skipped (named above)`)
  }
  return problems
}

function describe(test: TestCase): string {
  const { name, reason } = unmark(test.fullName)
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  const broken = failedToStart(test) ? 'what it stands in failed' : undefined
  return `skipped: ${test.module.relativeModuleId} > ${name}: ${reason ?? note ?? broken ?? 'gives no reason'}`
}

function failedToStart(test: TestCase): boolean {
  let group: TestModule | TestSuite = test.parent
  while (group.type === 'suite' && group.errors().length === 0) group = group.parent
  return group.errors().length > 0
}
