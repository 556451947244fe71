import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { needs } from '../need.ts'
import { postgresNeed } from '../postgres.ts'
import { planDay } from './plan.ts'

const small = ['--minutes', '0.25', '--reports', '14', '--kills', '3']

/** Plays a short day; how it ended and what it said. */
function play(...words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise(resolve => {
    execFile(process.execPath, ['test/faults/run.ts', ...words, ...small], (error, said) =>
      resolve({ code: error ? Number(error.code) : 0, said }),
    )
  })
}

test('a short day on one hub, killed and failed by everything around it: what was promised holds', async () => {
  const { code, said } = await play('--seed', '7', '--engine', 'sqlite')
  expect(said).toContain('all held')
  expect(code).toBe(0)
}, 300_000)

needs(postgresNeed()).test(
  'a short day on three hubs and one PostgreSQL that goes away: what was promised holds',
  async () => {
    const { code, said } = await play('--seed', '7', '--engine', 'postgres')
    expect(said).toContain('all held')
    expect(code).toBe(0)
  },
  300_000,
)

test('a day comes from its seed alone', () => {
  const size = { seed: 7, engine: 'postgres', spanMs: 6_000_000, reports: 500, kills: 22 } as const
  const plan = planDay(size)
  expect(planDay(size).hash).toBe(plan.hash)
  expect(planDay({ ...size, seed: 8 }).hash).not.toBe(plan.hash)
  const kinds = plan.steps.map(step => (step.kind === 'deed' ? step.deed.type : step.trouble.type))
  expect(kinds.filter(kind => kind === 'report')).toHaveLength(500)
  expect(kinds.filter(kind => kind === 'kill')).toHaveLength(22)
  const others = ['freeze', 'step', 'busy', 'broken', 'hang', 'lose', 'cut', 'half-open', 'session-lost', 'shuffle']
  for (const kind of [...others, 'limited', 'down', 'database-restart']) expect(kinds).toContain(kind)
  for (const kind of ['cast', 'amend']) expect(kinds).toContain(kind)
})
