import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Destination, Lane, Post } from '../../../workflows/change.ts'
import { PlatformError } from '../../../workflows/errors.ts'
import { plainView } from '../../../workflows/view.ts'
import { pictureOf } from '../../pictures.ts'
import { openStage, type Stage } from './stage.ts'

const gone = (reason = 'the channel is archived') => new PlatformError('slack', reason, { permanent: true })
const closed = () => new PlatformError('discord', 'no direct messages', { permanent: true, because: 'unreachable' })

/** What holds for posts on every engine. */
export function postTests(fresh: () => Promise<string | undefined>): void {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage(await fresh())
  })
  afterEach(() => stage.close())

  const post = (key: string, to: Destination, lane: Lane = 'talk', more: Partial<Post> = {}): Post => ({
    ...{ key, to, incident: null, thread: false, lane },
    view: plainView([{ words: key }]),
    ...more,
  })
  const add = (...posts: Post[]) => stage.store.outbox.add(posts, stage.now())
  const asked = () => stage.slack.read('coord-slack')

  describe('rooms and people', () => {
    test('do not hold up each other: a room that hangs delays no alarm elsewhere', async () => {
      let free = () => {}
      const hanging = new Promise<void>(resolve => {
        free = resolve
      })
      stage.slack.before = async ({ place }) => {
        if (place === 'az-slack') await hanging
      }
      await add(post('slow', { room: stage.room('az-slack') }))
      await stage.run()
      await add(post('alarm', { account: stage.account('Eagle', 'slack') }, 'S5'))
      await stage.run()
      expect(stage.slack.read('eagle-slack')).toEqual(['alarm'])
      expect(stage.slack.read('az-slack')).toEqual([])
      free()
      await stage.settle()
      expect(stage.slack.read('az-slack')).toEqual(['slow'])
    })

    test('get what is urgent first, past summaries and broadcasts that wait, also in the same room', async () => {
      const room = stage.room('az-signal')
      const many = Array.from({ length: 30 }, (_, at) => post(`b${at}`, { room }, 'broadcast'))
      await add(...many)
      const sent: string[] = []
      stage.signal.before = async ({ key }) => {
        sent.push(key)
        if (sent.length === 3) {
          await add(post('S5', { room }, 'S5'))
          await stage.report('AZ-0001', [room], { severity: 5 })
        }
      }
      await stage.settle()
      expect(sent.slice(0, 8).filter(key => !key.startsWith('b'))).toEqual([
        expect.stringContaining('card:AZ-0001'),
        'S5',
      ])
      expect(sent).toHaveLength(32)
      expect(sent.filter(key => key.startsWith('b'))).toEqual(many.map(one => one.key))
    })

    test('of Signal get one message at a time', async () => {
      let going = 0
      let most = 0
      stage.signal.before = async () => {
        going++
        most = Math.max(most, going)
        await new Promise(setImmediate)
        going--
      }
      const rooms = [stage.room('az-signal')]
      await add(post('a', { room: rooms[0] as never }), post('b', { account: stage.account('Finch', 'signal') }))
      await stage.report('AZ-0001', rooms)
      await stage.settle()
      expect(stage.signal.shown).toHaveLength(3)
      expect(most).toBe(1)
    })
  })

  test('what nobody answered and was carried out a little later all the same is found, not sent again', async () => {
    let tries = 0
    const { platform } = stage.slack
    stage.slack.before = async ({ key }) => {
      if (key === 'slow' && ++tries === 1) {
        throw new PlatformError('slack', 'no answer from Slack', { permanent: false, because: 'down' })
      }
    }
    await add(post('slow', { room: stage.room('az-slack') }, 'S5'))
    await stage.settle()
    await stage.skip(2000)
    const reader = { language: 'en', zone: 'America/Phoenix', now: stage.now(), person: () => null } as const
    const view = plainView([{ words: 'slow' }])
    await platform.post({ type: 'room', room: 'az-slack' }, { view, reader, key: 'slow' })
    await stage.skip(2000)
    await stage.pass(2)
    expect(stage.slack.read('az-slack')).toEqual(['slow'])
    expect((await stage.store.outbox.counts()).waiting).toBe(0)
  })

  test('words go out without their picture where it is the picture that never gets through', async () => {
    const tried: boolean[] = []
    stage.discord.before = async ({ type, pictured = false }) => {
      if (type !== 'post') return
      tried.push(pictured)
      if (pictured) throw new Error('socket hang up')
    }
    const view = { ...plainView([{ words: 'Calm.' }]), picture: pictureOf() }
    await add(post('summary', { room: stage.room('az-discord') }, 'summary', { view }))
    await stage.settle()
    await stage.pass(2)
    expect(tried).toEqual([true, true, false])
    expect(stage.discord.read('az-discord')).toEqual([expect.stringContaining('Calm.')])
  })

  describe('a post of unknown outcome that nobody can look up', () => {
    const lost = async ({ type }: { type: string }) => {
      if (type === 'post') throw new Error('socket hang up')
    }

    test('is not repeated; coordinators decide, once for a place, and the thread goes on', async () => {
      const room = stage.room('az-signal')
      stage.signal.after = async call => {
        if (call.key === 'first') await lost(call)
      }
      await add(post('first', { room }), post('second', { room }))
      await stage.pass(4)
      expect(stage.signal.read('az-signal')).toEqual(['first', 'second'])
      expect(asked()).toHaveLength(1)
      expect(stage.discord.read('coord-discord')).toHaveLength(1)
      const [stuck] = await stage.stuck()
      expect(stuck).toMatchObject({ state: 'unsure', count: 1, item: { type: 'post' } })
      if (stuck) await stage.decide(stuck.item, 'arrived')
      await stage.pass(10)
      expect(stage.signal.read('az-signal')).toEqual(['first', 'second'])
      expect(await stage.stuck()).toEqual([])
    })

    test('is sent again if a coordinator says so, and never if they leave it', async () => {
      const room = stage.room('az-signal')
      stage.signal.after = lost
      await add(post('first', { room }), post('second', { room }))
      await stage.pass(5)
      stage.signal.after = async () => {}
      const [one, other] = await stage.stuck()
      if (one && other) {
        await stage.decide(other.item, 'again')
        await stage.decide(one.item, 'leave')
      }
      await stage.pass(10)
      expect(stage.signal.read('az-signal')).toEqual(['first', 'second', 'first'])
      expect(await stage.stuck()).toEqual([])
    })

    test('of an S5 to a person is sent once more by itself, says so, and is then left to coordinators', async () => {
      stage.signal.after = lost
      await add(post('alarm', { account: stage.account('Finch', 'signal') }, 'S5'))
      await stage.pass(10)
      expect(stage.signal.read('finch-signal')).toEqual([
        'alarm',
        'You may get this twice: I could not tell if it arrived the first time.\nalarm',
      ])
      expect(await stage.stuck()).toMatchObject([{ state: 'unsure' }])
      expect(asked()).toHaveLength(1)
    })

    test('after a crash is the same: not repeated', async () => {
      stage.signal.after = () => new Promise(() => {})
      await add(post('first', { room: stage.room('az-signal') }))
      await stage.run()
      await stage.die()
      stage.signal.after = async () => {}
      await stage.pass(5)
      expect(stage.signal.read('az-signal')).toEqual(['first'])
      expect(await stage.stuck()).toMatchObject([{ state: 'unsure' }])
    })
  })

  describe('a person who cannot be written to', () => {
    beforeEach(() => {
      stage.discord.before = async ({ place }) => {
        if (place.endsWith('-discord') && !place.startsWith('az') && !place.startsWith('coord')) throw closed()
      }
    })

    test('is written to on another account, where nothing was sent that says the same', async () => {
      const account = stage.account('Wren', 'discord')
      await add(post('receipt', { account }, 'claim'))
      await stage.settle()
      expect(stage.slack.read('wren-slack')).toEqual(['receipt'])
      expect(await stage.stuck()).toEqual([])
    })

    test('gets no second copy of what goes to all accounts anyway', async () => {
      const person = stage.person('Finch')
      const posts = person?.accounts.map(own => post(`alarm:${own.id}`, { account: own.id }, 'S5')) ?? []
      await add(...posts)
      await stage.settle()
      expect(stage.slack.read('finch-slack')).toHaveLength(1)
      expect(stage.signal.read('finch-signal')).toHaveLength(1)
      expect(asked()).toEqual([])
      expect(await stage.stuck()).toEqual([])
    })

    test('with no other account is told later; coordinators hear of it if it is urgent', async () => {
      const account = stage.account('Heron', 'discord')
      await add(post('closing words', { account }, 'claim'))
      await stage.settle()
      expect(asked()).toEqual([])
      await add(post('alarm', { account }, 'S4'))
      await stage.pass(2)
      expect(asked()).toEqual([
        'I cannot write to Heron (Discord) (no direct messages), and it is urgent. Please reach them another way. ' +
          'They see it when they next write to me.',
      ])
      expect(await stage.stuck()).toMatchObject([{ state: 'kept', count: 2 }])
      expect(await stage.store.stuck.awaited()).toEqual([account])
    })

    test('and may not be written to elsewhere is told at their next contact only', async () => {
      const account = stage.account('Wren', 'discord')
      const by = stage.person('Wren')?.id ?? null
      const incident = await stage.report('AZ-0001', [], { by, account, contact: 'after' })
      await add(post('receipt', { account }, 'claim', { incident: incident.id }))
      await stage.settle()
      expect(stage.slack.read('wren-slack')).toEqual([])
      expect(await stage.stuck()).toMatchObject([{ state: 'kept' }])
    })
  })

  describe('a room that is gone', () => {
    test('is said once, not for each post; what goes there waits, and goes out once the room works again', async () => {
      const room = stage.room('az-slack')
      stage.slack.before = async ({ place }) => {
        if (place === 'az-slack') throw gone()
      }
      for (let at = 0; at < 5; at++) {
        await add(post(`p${at}`, { room }))
        await stage.pass(1)
      }
      await stage.report('AZ-0001', [room])
      await stage.pass(30)
      expect(asked()).toEqual([
        'I cannot write to az-slack (Slack) any more: the channel is archived. What goes there waits. Let the bot into ' +
          'that room again; then I send it. See what waits: /delivery.',
      ])
      expect(await stage.stuck()).toMatchObject([{ state: 'parked', count: 6, reason: 'the channel is archived' }])
      stage.slack.before = async () => {}
      await stage.pass(11)
      expect(stage.slack.read('az-slack').toSorted()).toEqual([
        expect.stringContaining('AZ-0001'),
        ...['p0', 'p1', 'p2', 'p3', 'p4'],
      ])
      expect(await stage.stuck()).toEqual([])
    })

    test('goes out at once when a coordinator says so', async () => {
      const room = stage.room('az-slack')
      stage.slack.before = async ({ place }) => {
        if (place === 'az-slack') throw gone()
      }
      await add(post('p', { room }))
      await stage.settle()
      stage.slack.before = async () => {}
      const [stuck] = await stage.stuck()
      if (stuck) await stage.decide(stuck.item, 'again')
      await stage.settle()
      expect(stage.slack.read('az-slack')).toEqual(['p'])
    })

    test('is not what one message makes of it that is refused for itself', async () => {
      const room = stage.room('az-slack')
      stage.slack.before = async ({ key }) => {
        if (key === 'bad') throw gone('Slack refused it')
      }
      await add(post('bad', { room }))
      await stage.settle()
      await add(post('good', { room }))
      await stage.pass(10)
      expect(stage.slack.read('az-slack')).toEqual(['good'])
      expect(await stage.stuck()).toMatchObject([{ state: 'failed', count: 1, reason: 'Slack refused it' }])
    })

    test('takes an alarm as soon as it works again', async () => {
      const room = stage.room('az-slack')
      stage.slack.before = async () => {
        throw gone()
      }
      await add(post('p', { room }))
      await stage.pass(60)
      stage.slack.before = async () => {}
      await add(post('alarm', { room }, 'S5'))
      await stage.settle()
      expect(stage.slack.read('az-slack')).toEqual(['alarm', 'p'])
    })
  })
}
