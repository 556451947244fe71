import { describe, expect, test } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import { answerInTime, waitingView } from '../../bot/saving.ts'
import { settle } from '../../bot/settle.ts'
import { RuleError, StoreError } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import { plainView } from '../../workflows/view.ts'

const lost = (outcome: StoreError['outcome']) => new StoreError('lost', outcome, 'the connection was lost')

/** Plays what the database answers, one try after the other, and gives how it ended and after how long (seconds). */
async function played(answers: readonly unknown[]) {
  let waited = 0
  let tries = 0
  const pause = async (ms: number) => {
    waited += ms / 1000
  }
  const work = async () => {
    const answer = answers[Math.min(tries++, answers.length - 1)]
    if (answer instanceof Error) throw answer
    return answer
  }
  const ended = await settle(work, { pause }).catch(error => error)
  return { ended, waited, tries }
}

describe('a commit that meets trouble', () => {
  test('is tried until the database is back', async () => {
    expect(await played([lost('none'), lost('none'), 'kept'])).toMatchObject({ ended: 'kept', tries: 3 })
    const standby = new StoreError('readonly', 'none', 'The database cannot be written (25006)')
    expect(await played([standby, 'kept'])).toMatchObject({ ended: 'kept' })
  })

  test('is surely not kept after two minutes, if no try may have been', async () => {
    const { ended, waited } = await played([lost('none')])
    expect(ended).toMatchObject({ outcome: 'none' })
    expect(waited).toBeGreaterThan(100)
    expect(waited).toBeLessThanOrEqual(120)
  })

  test('stays a doubt where one may have been, and is settled for longer', async () => {
    const { ended, waited } = await played([lost('unknown'), lost('none')])
    expect(ended).toMatchObject({ outcome: 'unknown' })
    expect(waited).toBeGreaterThan(800)
  })

  test('fails at once where waiting does not help, and where a rule says no', async () => {
    for (const reason of ['full', 'broken', 'readonly'] as const)
      expect(await played([new StoreError(reason, 'none', reason)])).toMatchObject({ tries: 1, waited: 0 })
    const no = new RuleError(phrase('hub.someone'))
    expect(await played([lost('unknown'), no])).toMatchObject({ ended: no, tries: 2 })
  })

  test('is not settled twice, one round inside another', async () => {
    let tries = 0
    const pause = async () => {}
    const inner = () =>
      settle(
        async () => {
          tries += 1
          throw lost('none')
        },
        { pause },
      )
    await expect(settle(inner, { pause })).rejects.toMatchObject({ reason: 'lost' })
    expect(tries).toBeLessThan(30)
  })
})

describe('whoever waits for a commit', () => {
  const reader = {} as Answer['reader']
  const answer = (key: 'receipt.danger' | 'hub.someone'): Answer => {
    return { reply: { type: 'view', view: plainView([phrase(key)]), private: true }, reader }
  }
  const wait = (doubtful: boolean): Answer => {
    return { reply: { type: 'view', view: waitingView(doubtful, 'men with guns'), private: true }, reader }
  }
  const lines = ({ reply }: Answer) => (reply.type === 'view' ? reply.view.lines.map(line => JSON.stringify(line)) : [])

  /** Somebody whose commit fails so often before it is kept, and who is answered when the test says that it is late. */
  async function waits(failures: readonly Error[]) {
    const late = Promise.withResolvers<void>()
    const tried = Promise.withResolvers<void>()
    const again = Promise.withResolvers<void>()
    let tries = 0
    const given = answerInTime(
      async ({ commit }) => {
        await commit(async () => {
          const failure = failures[tries++]
          if (failure) throw failure
        }, wait)
        return answer('receipt.danger')
      },
      {
        giveUp: () => late.promise,
        pause: () => {
          tried.resolve()
          return again.promise
        },
      },
    )
    return { given, late: late.resolve, tried: tried.promise, again: again.resolve }
  }

  test('is answered with the truth alone if it comes in time', async () => {
    const { given, late } = await waits([])
    const first = await given
    late()
    expect([lines(first).join(), first.later]).toEqual([expect.stringContaining('receipt.danger'), undefined])
  })

  test('reads after two seconds that it is being saved, with their words, and then how it ended', async () => {
    const { given, late, tried, again } = await waits([lost('none')])
    await tried
    late()
    const first = await given
    expect(lines(first).join()).toContain('saving.wait')
    expect(lines(first).join()).toContain('men with guns')
    again()
    expect(lines((await first.later) as Answer)).toEqual([expect.stringContaining('receipt.danger')])
  })

  test('reads that it is not sure where it may have been kept, and that it was', async () => {
    const { given, late, tried, again } = await waits([lost('unknown')])
    await tried
    late()
    const first = await given
    expect(lines(first).join()).toContain('saving.unsure')
    again()
    const truth = lines((await first.later) as Answer)
    expect(truth).toEqual([expect.stringContaining('saving.settled'), expect.stringContaining('receipt.danger')])
  })
})
