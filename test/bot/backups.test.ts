import { beforeEach, describe, expect, test } from 'vitest'
import { type Backups, createBackups } from '../../bot/backups.ts'
import type { BackupFacts } from '../../db/backups.ts'
import type { BackupPlan } from '../../workflows/network/backup.ts'
import { eachHouse } from '../each.ts'
import type { House } from '../house.ts'

const hour = 60
const plan: BackupPlan = { at: '03:30', zone: 'America/New_York', keep: 14 }
const well: BackupFacts = { at: 1, bytes: 1, copiedAt: null, holdsSignal: false, problem: null, window: null }
const log = { info: () => {}, error: () => {} }

let house: House
eachHouse(opened => {
  house = opened
})

describe('planned backups', () => {
  let made: string[][]
  let fails: boolean
  beforeEach(() => {
    made = []
    fails = false
  })

  /** One process; what it begins has ended when `turn` answers. */
  function hub(holder: string, own: BackupPlan | null = plan): { turn: () => Promise<void>; backups: Backups } {
    const { store, clock } = house
    let running: Promise<string | null> = Promise.resolve(null)
    const make = (words: readonly string[]) => {
      running = one(words)
      return running
    }
    async function one(words: readonly string[]): Promise<string | null> {
      made.push([...words])
      const problem = fails ? ({ type: 'failed', detail: 'no', since: clock() } as const) : null
      await store.backups.note({ ...well, problem, window: words[1] ?? null })
      return fails ? 'no' : null
    }
    const backups = createBackups({ store, plan: own, clock, holder, wake: () => {}, log, make })
    const turn = async () => {
      await backups.run()
      await running
      await new Promise(done => setImmediate(done))
    }
    return { turn, backups }
  }

  test('are made once a window, late rather than never, by one process', async () => {
    const [one, other] = [hub('one'), hub('other')]
    await one.turn()
    await other.turn()
    await one.turn()
    expect(made).toEqual([['--scheduled', 'summary:backup:2026-10-19']])
    house.skip(15 * hour)
    await one.turn()
    expect(made).toHaveLength(1)
    house.skip(60 * hour)
    await one.backups.release()
    await other.turn()
    await other.turn()
    expect(made.slice(1)).toEqual([['--scheduled', 'summary:backup:2026-10-22']])
    await other.backups.release()
  })

  test('are tried again each hour while they fail', async () => {
    const one = hub('one')
    fails = true
    await one.turn()
    await one.turn()
    house.skip(59)
    await one.turn()
    expect(made).toHaveLength(1)
    house.skip(1)
    fails = false
    await one.turn()
    house.skip(2 * hour)
    await one.turn()
    expect(made).toHaveLength(2)
    await one.backups.release()
  })

  test('are made by hand alone where the network file plans none', async () => {
    const one = hub('one', null)
    await one.turn()
    expect(made).toEqual([])
  })
})
