import { describe, expect, it } from 'vitest'
import type { Directory, Wishes } from '../../workflows/directory.ts'
import type { PlatformName } from '../../workflows/ids.ts'
import type { Actor } from '../../workflows/permission.ts'
import { readSay } from '../../workflows/wish.ts'
import { heron, at as time } from '../workflows/specification.ts'
import { desk, network, refusedWith } from './desk.ts'

/** A desk whose people wish that, and have accounts on these tools besides. */
function wishing(wishes: Wishes | null, who: Pick<Actor, 'id'> = heron, tools: readonly PlatformName[] = []) {
  const directory = network()
  const people = new Map(directory.people)
  const person = people.get(who.id)
  if (!person) throw new Error('nobody of that name')
  const more = tools.map(platform => ({ id: `a-${platform}` as never, person: person.id, platform }))
  people.set(who.id, { ...person, wishes, accounts: [...person.accounts, ...more] })
  return desk([], { directory: { ...directory, people } satisfies Directory })
}

describe('STOP', () => {
  it.each(['stop', 'STOP', ' Stop. ', 'stop all', 'UNSUBSCRIBE', 'Parar', 'alto', 'BAJA'])('is said by "%s"', words => {
    expect(readSay(words)).toBe('stop')
  })

  it.each(['please stop', 'stop the car at 5th', 'no', '1', 'they stopped', 'alto riesgo', ''])(
    'is not said by "%s"',
    words => {
      expect(readSay(words)).toBeNull()
    },
  )

  it('ends broadcasts, says what still comes and how to have them again', async () => {
    const heard = await wishing(null).types(heron, 'stop')
    expect(heard.action).toEqual({ type: 'wish', person: heron.id, wish: { stopped: time(10) } })
    expect(heard.text).toContain('What saves lives still comes.')
    expect(heard.text).toContain('START')
    expect(heard.buttons).toEqual([`start::${time(10).toString(36)}`])
  })

  it('said again changes nothing', async () => {
    const heard = await wishing({ stopped: time(2) }).types(heron, 'stop')
    expect(heard.action).toBeNull()
    expect(heard.text).toContain('I have sent you no broadcasts since')
  })

  it('pressed under an old message by whoever has begun again does nothing at once', async () => {
    const back = wishing({ again: time(5) })
    const heard = await back.presses(heron, 'stop', { assumed: '' })
    expect(heard.action).toBeNull()
    const fresh = heard.buttons[0]?.split(':')[2] ?? ''
    expect((await back.presses(heron, 'stop', { assumed: fresh })).action).toMatchObject({ type: 'wish' })
  })
})

describe('START', () => {
  it('has whoever stopped get broadcasts again', async () => {
    const heard = await wishing({ stopped: time(2) }).types(heron, 'start')
    expect(heard.action).toEqual({ type: 'wish', person: heron.id, wish: { stopped: null, again: time(10) } })
    expect(heard.text).toContain('Done. You get broadcasts again.')
  })

  it('tells anybody else what the hub can do', async () => {
    const heard = await wishing(null).types(heron, 'start')
    expect(heard.action).toBeNull()
    expect(heard.text).toContain('/report')
  })
})

describe('the tool that somebody reads', () => {
  it('is theirs to choose among their own', async () => {
    const heard = await wishing(null, heron, ['signal', 'slack']).types(heron, 'prefer', { words: 'Signal' })
    expect(heard.action).toEqual({ type: 'wish', person: heron.id, wish: { platform: 'signal' } })
    expect(heard.text).toBe('I write to you on Signal first. If that fails, on another tool of yours.')
    const none = await wishing({ platform: 'signal' }).types(heron, 'prefer', { words: 'off' })
    expect(none.action).toMatchObject({ wish: { platform: null } })
    expect((await wishing(null).types(heron, 'prefer', { words: 'discord' })).text).toContain('/whoami link')
    const unknown = await wishing(null, heron, ['signal']).types(heron, 'prefer', { words: 'telegram' })
    expect(refusedWith(unknown)).toBe('wish.prefer-unknown')
  })

  it('pressed on what has changed since shows how it is', async () => {
    const heard = await wishing({ platform: 'slack' }, heron, ['signal', 'slack']).presses(heron, 'prefer', {
      words: 'signal',
      assumed: '',
    })
    expect(heard.action).toBeNull()
    expect(heard.text).toContain('I write to you on Slack first.')
  })
})

describe('/whoami', () => {
  it('says whether broadcasts come, and how to change that', async () => {
    const gets = await wishing({ platform: 'signal' }).types(heron, 'whoami')
    expect(gets.text).toContain('You get broadcasts')
    expect(gets.text).toContain('I write to you on Signal first.')
    expect(gets.buttons).toContain('stop')
    const stopped = await wishing({ stopped: time(2) }).types(heron, 'whoami')
    expect(stopped.text).toContain('except what saves lives')
    expect(stopped.buttons).toContain(`start::${time(2).toString(36)}`)
  })
})
