import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Destination, Lane, Post } from '../../workflows/change.ts'
import { PlatformError } from '../../workflows/errors.ts'
import type { Incident } from '../../workflows/incident.ts'
import { plainView } from '../../workflows/view.ts'
import { openStage, type Stage } from '../bot/delivery/stage.ts'
import { createDice } from './dice.ts'
import type { Call } from './recorder.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
})

afterEach(() => stage.close())

const lanes: readonly Lane[] = ['S5', 'S4', 'claim', 'talk', 'broadcast', 'summary']
const tools = ['slack', 'discord', 'signal'] as const

describe('three tools that fail at random', () => {
  test.each([11, 12, 13, 14])('lose nothing, and repeat only what may be repeated: seed %i', async seed => {
    const roll = createDice(seed).roll
    let rate = 0.35
    const one = <T>(of: readonly T[]) => of[Math.floor(roll() * of.length)] as T
    const before = async ({ type, place }: Call) => {
      if (roll() >= rate) return
      const kind = roll()
      if (kind < 0.5) throw new PlatformError('x', 'too many', { permanent: false, retryAfterMs: 5000 })
      if (kind < 0.6) throw new PlatformError('x', 'gone', { permanent: true })
      if (kind < 0.7 && type === 'edit') throw new PlatformError('x', 'old', { permanent: true, because: 'stale' })
      if (kind < 0.8 && place.includes('finch'))
        throw new PlatformError('x', 'closed', { permanent: true, because: 'unreachable' })
      throw new Error('socket hang up')
    }
    const after = async () => {
      if (roll() < rate / 2) throw new Error('socket hang up')
    }
    for (const tool of tools) Object.assign(stage[tool], { before, after })

    const rooms = ['az-slack', 'az-discord', 'az-signal'].map(stage.room)
    const places: Destination[] = [
      ...rooms.map(room => ({ room })),
      ...tools.map(tool => ({ account: stage.account('Finch', tool) })),
      { account: stage.account('Heron', 'discord') },
    ]
    const incidents: Incident[] = []
    const added: Post[] = []
    for (let step = 0; step < 60; step++) {
      const to = one(places)
      const key = `p${step}`
      const post: Post = {
        ...{ key, to, incident: null, thread: false, lane: one(lanes) },
        view: plainView([{ words: key }]),
      }
      added.push(post)
      await stage.store.outbox.add([post], stage.now())
      if (step % 10 === 0) incidents.push(await stage.report(`AZ-000${step / 10}`, rooms, { severity: one([2, 5]) }))
      else if (step % 3 === 0) {
        const at = Math.floor(roll() * incidents.length)
        incidents[at] = await stage.update(incidents[at] as Incident, rooms)
      }
      if (roll() < 0.3) await stage.pass(1)
      if (roll() < 0.05) await stage.die()
    }
    rate = 0
    await stage.pass(45)

    const stuck = await stage.stuck()
    const shown = tools.flatMap(tool => stage[tool].shown.map(message => ({ tool, ...message })))
    for (const post of added) {
      const copies = shown.filter(message => message.key === post.key)
      const urgent = post.lane === 'S5' || post.lane === 'S4'
      expect([post.key, copies.length <= (urgent && copies.some(copy => copy.tool === 'signal') ? 2 : 1)]).toEqual([
        post.key,
        true,
      ])
    }
    const states = await stage.store.outbox.states(added.map(post => post.key))
    // Whatever was not sent is seen by people, and nothing is on its way for ever.
    const resting = states.filter(state => state !== 'sent' && state !== 'left').length
    const seen = stuck.filter(each => each.what === 'message' && each.state !== 'waiting' && !isCoordination(each.to))
    expect(seen.reduce((sum, each) => sum + each.count, 0)).toBe(resting)
    expect(states.filter(state => state === 'waiting' || state === 'sending' || state === 'unknown')).toEqual([])
    expect(states.filter(state => state === 'sent').length).toBeGreaterThan(added.length / 2)
    for (const { id } of incidents) {
      for (const address of ['az-slack', 'az-discord', 'az-signal']) {
        const ref = await stage.card(id, address)
        const behind = stuck.some(
          each => each.what === 'card' && 'room' in each.to && each.to.room === stage.room(address),
        )
        expect([id, address, ref !== null || behind]).toEqual([id, address, true])
        const tool = tools.find(name => address.endsWith(name)) ?? 'slack'
        const mapped = stage[tool].shown.find(message => message.id === ref?.id)
        if (ref) expect(mapped?.text).toContain(id)
        if (ref && !behind) expect(mapped?.text).not.toContain('has moved')
      }
    }
    for (const message of shown) {
      const fresh = shown.filter(other => other.place === message.place && other.replaces === message.id)
      if (message.key.startsWith('card:') && fresh.length > 0) expect(fresh).toHaveLength(1)
    }
    expect(stage.logged()).not.toContain('"level":50')
  })
})

function isCoordination(to: Destination): boolean {
  return 'room' in to && [stage.room('coord-slack'), stage.room('coord-discord')].includes(to.room)
}
