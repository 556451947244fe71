import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PlatformError } from '../../../workflows/errors.ts'
import { openStage, type Stage } from './stage.ts'

const wait = () => new PlatformError('signal', 'too many', { permanent: false, retryAfterMs: 30_000 })

/** What holds for cards on every engine. */
export function cardTests(fresh: () => Promise<string | undefined>): void {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage(await fresh())
  })
  afterEach(() => stage.close())

  describe('a card', () => {
    test('tells the tool which incident it is of, and nothing where the room may not know', async () => {
      const rooms = [stage.room('az-slack')]
      await stage.report('AZ-0001', rooms, { severity: 4 })
      await stage.report('AZ-0002', rooms, { mark: 'RED', severity: 5 })
      await stage.settle()
      expect(stage.slack.shown.map(one => one.facts)).toEqual([
        { incident: 'AZ-0002', severity: 5, status: 'reported' },
        { incident: 'AZ-0001', severity: 4, status: 'reported' },
      ])
    })

    test('is posted anew near the limit of edits; the former one says so, once, and still leads to it', async () => {
      const rooms = [stage.room('az-signal')]
      let incident = await stage.report('AZ-0001', rooms)
      await stage.settle()
      for (let edit = 0; edit < 9; edit++) {
        incident = await stage.update(incident, rooms)
        await stage.settle()
      }
      const [former, current] = stage.signal.shown
      expect(stage.signal.shown).toHaveLength(2)
      expect(former?.text).toBe('S3 MODERATE · AZ-0001 · Report\nThis card has moved below.')
      expect(former).toMatchObject({ edits: 9, buttons: [] })
      expect(current).toMatchObject({ edits: 0, replaces: former?.id })
      const ref = { room: 'az-signal', id: former?.id ?? '' }
      expect(await stage.store.cards.at('signal', ref)).toBe('AZ-0001')
      expect(await stage.card(incident.id, 'az-signal')).toEqual({ room: 'az-signal', id: current?.id })
      await stage.pass(120)
      expect(stage.signal.shown[0]?.edits).toBe(9)
    })

    test.each([
      ['is taken away', () => false, [0]],
      ['nor taken away harms nobody', (type: string) => type === 'remove', [0, 0]],
    ])('that is too old is posted anew; a former one that cannot be changed any more %s', async (_, fixed, edits) => {
      const rooms = [stage.room('az-signal')]
      const incident = await stage.report('AZ-0001', rooms)
      await stage.settle()
      await stage.pass(20 * 60)
      stage.signal.before = async ({ type, place }) => {
        if (place === 'az-signal' && (type === 'edit' || fixed(type)))
          throw new PlatformError('signal', 'too old', { permanent: true, because: 'stale' })
      }
      await stage.update(incident, rooms)
      await stage.pass(60)
      expect(stage.signal.shown.map(one => one.edits)).toEqual(edits)
      expect(stage.slack.read('coord-slack')).toEqual([])
      expect(await stage.stuck()).toEqual([])
      expect(await stage.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    })

    test('whose former message was left as it was by a crash says so after it', async () => {
      const rooms = [stage.room('az-slack')]
      const incident = await stage.report('AZ-0001', rooms)
      await stage.settle()
      let dead = false
      stage.slack.before = async ({ type }) => {
        if (type === 'edit') throw new PlatformError('slack', 'stale', { permanent: true, because: 'stale' })
      }
      stage.slack.after = async ({ type }) => {
        dead ||= type === 'post'
      }
      await stage.update(incident, rooms)
      while (!dead) await stage.run()
      await stage.die()
      stage.slack.before = async () => {}
      await stage.pass(2)
      expect(stage.slack.read('az-slack')[0]).toContain('This card has moved below.')
      expect(stage.slack.shown).toHaveLength(2)
    })

    test('somebody deleted is posted anew', async () => {
      const rooms = [stage.room('az-discord')]
      const incident = await stage.report('AZ-0001', rooms)
      await stage.settle()
      stage.discord.shown.pop()
      await stage.update(incident, rooms)
      await stage.settle()
      expect(stage.discord.shown).toHaveLength(1)
      expect(await stage.card(incident.id, 'az-discord')).toEqual({ room: 'az-discord', id: '2' })
    })

    test('that the tool asks to wait for is edited later, not posted anew, and nobody hears of a busy half hour', async () => {
      const rooms = [stage.room('az-signal')]
      const incident = await stage.report('AZ-0001', rooms)
      await stage.settle()
      stage.signal.before = async () => {
        throw wait()
      }
      await stage.update(incident, rooms)
      await stage.pass(30)
      stage.signal.before = async () => {}
      await stage.pass(1)
      expect(stage.signal.shown).toMatchObject([{ edits: 1 }])
      expect(stage.slack.read('coord-slack')).toEqual([])
    })

    test('that the tool asks to wait for hours is said aloud, once', async () => {
      stage.signal.before = async () => {
        throw wait()
      }
      await stage.report('AZ-0001', [stage.room('az-signal')])
      await stage.pass(180)
      expect(stage.slack.read('coord-slack')).toEqual([
        'I could not deliver a message to az-signal (Signal): too many. Please reach them another way.\n' +
          'It is about AZ-0001.',
      ])
    })
  })

  describe('a card whose outcome nobody can look up', () => {
    const lost = async ({ type }: { type: string }) => {
      if (type === 'post') throw new Error('socket hang up')
    }

    test('of an S5 is sent once more, and says that it may come twice', async () => {
      let losing = 1
      stage.signal.after = async call => {
        if (losing-- > 0) await lost(call)
      }
      await stage.report('AZ-0001', [stage.room('az-signal')], { severity: 5 })
      await stage.pass(3)
      const [first, second] = stage.signal.read('az-signal')
      expect(stage.signal.shown).toHaveLength(2)
      expect(first).not.toContain('twice')
      expect(second).toContain('You may get this twice')
      expect(await stage.stuck()).toEqual([])
    })

    test('of an S2 is not repeated: coordinators are asked, and what belongs to it goes on', async () => {
      stage.signal.after = lost
      const incident = await stage.report('AZ-0001', [stage.room('az-signal')], { severity: 2 })
      await stage.pass(5)
      expect(stage.signal.shown).toHaveLength(1)
      const asked = stage.slack.shown.filter(one => one.place === 'coord-slack')
      expect(asked.map(one => one.text)).toEqual([
        'I cannot tell if a message to az-signal (Signal) arrived (no answer came back). Look there, then choose. ' +
          'If there are more, you find them under /delivery.\nIt is about AZ-0001.',
      ])
      expect(asked[0]?.buttons).toHaveLength(3)
      stage.signal.after = async () => {}
      await stage.update(incident, [stage.room('az-signal')])
      await stage.pass(5)
      expect(stage.signal.shown).toHaveLength(1)
      const [stuck] = await stage.stuck()
      expect(stuck).toMatchObject({ state: 'unsure', what: 'card', incident: 'AZ-0001' })
      if (stuck) await stage.decide(stuck.item, 'again')
      await stage.pass(1)
      expect(stage.signal.shown).toHaveLength(2)
      expect(await stage.stuck()).toEqual([])
    })
  })
}
