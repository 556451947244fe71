import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Destination, Lane, Post } from '../../../workflows/change.ts'
import { PlatformError } from '../../../workflows/errors.ts'
import { plainView } from '../../../workflows/view.ts'
import { openStage, type Stage } from './stage.ts'

const refused = () => new PlatformError('discord', 'the message is too long', { permanent: true, because: 'stale' })

/** What delivery gives up on is told to coordinators together. */
export function setbackTests(fresh: () => Promise<string | undefined>): void {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage(await fresh())
  })
  afterEach(() => stage.close())

  const post = (key: string, to: Destination, lane: Lane = 'talk'): Post => ({
    ...{ key, to, lane, incident: null, thread: false },
    view: plainView([{ words: key }]),
  })
  const fail = (from: number, count: number) =>
    stage.store.outbox.add(
      Array.from({ length: count }, (_, at) => post(`p${from + at}`, { room: stage.room('az-discord') })),
      stage.now(),
    )
  const told = () => stage.slack.read('coord-slack')

  describe('what went wrong', () => {
    beforeEach(() => {
      stage.discord.before = async ({ place }) => {
        if (place === 'az-discord') throw refused()
      }
    })

    test('a hundred times within a minute is told once, with counts; ten minutes later only what is new', async () => {
      await fail(0, 100)
      await stage.settle()
      expect(told()).toEqual([])
      await stage.pass(3)
      expect(told()).toEqual([
        [
          '100 things went wrong on the way',
          '100 messages could not be delivered.',
          'az-discord (Discord): 100 (the message is too long)',
          'See each of them and choose what to do: /delivery.',
        ].join('\n'),
      ])
      await fail(100, 2)
      await stage.pass(7)
      expect(told()).toHaveLength(1)
      await stage.pass(5)
      expect(told()).toHaveLength(2)
      expect(told()[1]).toContain('2 messages could not be delivered.')
      await stage.pass(30)
      expect(told()).toHaveLength(2)
    })

    test('and what cannot reach somebody urgently does not wait for the rest', async () => {
      await fail(0, 2)
      await stage.pass(3)
      stage.discord.before = async ({ place }) => {
        if (place === 'az-discord') throw refused()
        if (place.endsWith('-discord') && !place.startsWith('coord'))
          throw new PlatformError('discord', 'no direct messages', { permanent: true, because: 'unreachable' })
      }
      await stage.store.outbox.add([post('alarm', { account: stage.account('Heron', 'discord') }, 'S4')], stage.now())
      await fail(2, 1)
      await stage.pass(3)
      expect(told()).toHaveLength(2)
      expect(told()[1]).toBe(
        [
          '2 things went wrong on the way',
          'Urgent: 1 message has not reached somebody. Please reach them another way.',
          'Heron (Discord): 1 (no direct messages)',
          '1 message could not be delivered.',
          'az-discord (Discord): 1 (the message is too long)',
          'See each of them and choose what to do: /delivery.',
        ].join('\n'),
      )
    })

    test('is told once, whichever process dies on the way', async () => {
      await fail(0, 3)
      await stage.settle()
      await stage.die()
      await stage.pass(12)
      expect(told()).toHaveLength(1)
    })
  })
}
