import { describe, expect, test } from 'vitest'
import { settle } from '../../bot/settle.ts'
import type { Reply } from '../../commands/command.ts'
import { StoreError } from '../../workflows/errors.ts'
import { phrase } from '../../workflows/phrase.ts'
import { plainView } from '../../workflows/view.ts'

const lost = new StoreError('lost', 'unknown', 'the connection was lost')
const received: Reply = { type: 'view', view: plainView([phrase('receipt.danger')]), private: true }

/** Plays what the database answers, one try after the other, and gives what the person is told and when (seconds). */
async function played(answers: readonly (Reply | Error)[]) {
  const told: Reply[] = []
  const logged: string[] = []
  let waited = 0
  let tries = 0
  await settle(
    async () => {
      const answer = answers[Math.min(tries++, answers.length - 1)] as Reply | Error
      if (answer instanceof Error) throw answer
      return answer
    },
    async reply => void told.push(reply),
    {
      pause: async ms => {
        waited += ms / 1000
      },
      log: { error: (_, message) => void logged.push(message) },
    },
  )
  const keys = told.flatMap(reply =>
    reply.type === 'view'
      ? reply.view.lines.map(line => ('text' in line && 'key' in line.text ? line.text.key : ''))
      : [],
  )
  return { keys, waited, tries, logged }
}

describe('an answer that was lost', () => {
  test('is settled by the same key, and told with the answer itself', async () => {
    expect(await played([lost, lost, received])).toMatchObject({ keys: ['hub.settled', 'receipt.danger'], tries: 3 })
  })

  test('that cannot be settled within two minutes is told as not received', async () => {
    const { keys, waited } = await played([lost])
    expect(keys).toEqual(['hub.not-settled'])
    expect(waited).toBeLessThanOrEqual(120)
  })

  test('that turns out to be a bug is told as not received, and logged', async () => {
    expect(await played([lost, new TypeError('a bug')])).toMatchObject({ keys: ['hub.not-settled'], tries: 2 })
    expect((await played([lost, new TypeError('a bug')])).logged).toHaveLength(1)
  })
})
