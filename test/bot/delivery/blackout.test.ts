import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBlackouts } from '../../../bot/blackout.ts'
import { loadTaxonomy } from '../../../bot/config.ts'
import { createDelivery } from '../../../bot/delivery.ts'
import { createLog } from '../../../bot/log.ts'
import { setBack, tellSetbacks } from '../../../bot/setbacks.ts'
import { PlatformError } from '../../../workflows/errors.ts'
import { openStage, type Stage } from './stage.ts'

const dead = () => new PlatformError('slack', 'no answer from Slack', { permanent: false, because: 'down' })

let stage: Stage
let now: number
let hub: ReturnType<typeof open>
beforeEach(async () => {
  stage = await openStage()
  now = stage.now()
  hub = open('one')
})
afterEach(() => stage.close())

/** A process of the hub, whose time passes only when tests say so. */
function open(holder: string) {
  const clock = () => now
  const [taxonomy, log] = [loadTaxonomy(), createLog('fatal', () => {})]
  const platforms = [stage.slack, stage.discord, stage.signal].map(tool => tool.platform)
  const common = { store: stage.store, platforms, taxonomy, clock, log }
  const delivery = createDelivery({ ...common, holder, stopwatch: clock, restMs: 0, random: () => 0.5 })
  const blackouts = createBlackouts({ ...common, delivery, states: () => [], wake: () => {} })
  return { delivery, blackouts }
}

async function pass(seconds: number): Promise<void> {
  for (let at = 0; at < seconds; at += 5) {
    now += 5000
    while (await hub.delivery.run()) {}
    await hub.blackouts.look()
    while (await hub.delivery.run()) {}
  }
}

function kill(tool: 'slack' | 'discord' | 'signal'): { tries: () => number; mend: () => void } {
  let tries = 0
  stage[tool].before = async () => {
    tries += 1
    throw dead()
  }
  const mend = () => {
    stage[tool].before = async () => {}
  }
  return { tries: () => tries, mend }
}

const rooms = () => [stage.room('az-slack'), stage.room('az-discord'), stage.room('az-signal')]

describe('a tool that cannot be reached', () => {
  test('is one notice in each room that shares its regions, and one when it is back', async () => {
    const slack = kill('slack')
    for (let at = 1; at < 6; at++) await stage.report(`AZ-000${at}`, rooms())
    await pass(100)
    expect(stage.discord.read('az-discord').filter(text => /cannot be reached/.test(text))).toEqual([])
    await pass(600)
    expect(stage.discord.read('az-discord').filter(text => /cannot be reached/.test(text))).toEqual([
      expect.stringContaining('Slack cannot be reached since 09:00. What is said there does not arrive here.'),
    ])
    expect(stage.signal.read('az-signal').filter(text => /cannot be reached/.test(text))).toHaveLength(1)
    const [told] = stage.discord.read('coord-discord').filter(text => /cannot be reached/.test(text))
    expect(told).toContain('no answer from Slack')
    expect(told).toContain('another tool, or a call')
    slack.mend()
    await pass(120)
    expect(stage.discord.read('az-discord').filter(text => /can be reached again/.test(text))).toHaveLength(1)
    expect(stage.slack.read('az-slack').filter(text => /AZ-000/.test(text))).toHaveLength(5)
    expect(stage.slack.shown.every(one => one.edits === 0)).toBe(true)
  })

  test('is tried by one thing now and then, the most urgent first, and delays nobody else', async () => {
    const slack = kill('slack')
    for (let at = 10; at < 40; at++) await stage.report(`AZ-00${at}`, rooms(), { severity: 2 })
    const begun = performance.now()
    await pass(5)
    expect(stage.discord.read('az-discord')).toHaveLength(30)
    expect(performance.now() - begun).toBeLessThan(5000)
    await pass(600)
    expect(slack.tries()).toBeLessThan(80)
    await stage.report('AZ-0099', rooms(), { severity: 5 })
    slack.mend()
    await pass(60)
    expect(stage.slack.read('az-slack')[0]).toContain('AZ-0099')
    expect(stage.slack.read('az-slack')).toHaveLength(31)
    expect((await stage.stuck()).length).toBe(0)
  })

  test('has people of its rooms called elsewhere for S5 soon, for S4 later, once, whichever process dies', async () => {
    kill('discord')
    await stage.report('AZ-0001', [stage.room('az-discord')], { severity: 5 })
    await stage.report('AZ-0002', [stage.room('az-discord')], { severity: 4 })
    await stage.report('AZ-0003', [stage.room('az-discord')], { severity: 3 })
    await pass(45)
    const told = () =>
      stage.slack.shown.filter(one => one.place === 'wren-slack' && /so you get this here/.test(one.text))
    expect(told().map(one => /AZ-\d+/.exec(one.text)?.[0])).toEqual(['AZ-0001'])
    expect(told()[0]?.buttons.map(id => id.split(':')[0])).toEqual(['claim', 'cannot', 'more'])
    await pass(90)
    hub.delivery.release()
    hub = open('two')
    await pass(200)
    expect(told().map(one => /AZ-\d+/.exec(one.text)?.[0])).toEqual(['AZ-0001', 'AZ-0002'])
    expect(stage.slack.shown.filter(one => one.place === 'finch-slack')).toHaveLength(2)
    expect(stage.signal.shown.filter(one => one.place === 'finch-signal')).toHaveLength(2)
    // Heron is on Discord only, and Eagle, who coordinates, was never there.
    expect(stage.slack.shown.filter(one => one.place === 'eagle-slack' && /so you get/.test(one.text))).toEqual([])
  })

  test('for a few seconds is nobody’s concern', async () => {
    const slack = kill('slack')
    await stage.report('AZ-0001', rooms(), { severity: 5 })
    await pass(20)
    slack.mend()
    await pass(300)
    const all = [stage.slack, stage.discord, stage.signal].flatMap(tool => tool.shown.map(one => one.text))
    expect(all.filter(text => /be reached|so you get/.test(text))).toEqual([])
  })
})

test('with no room of the coordinators open, what went wrong goes to each of them, once', async () => {
  for (const tool of ['slack', 'discord'] as const) {
    stage[tool].before = async ({ place }) => {
      if (place.startsWith('coord-')) throw new PlatformError(tool, 'the room is archived', { permanent: true })
    }
  }
  const lost = { kind: 'failed', to: { room: stage.room('az-signal') }, incident: null, item: null } as const
  const tools = { store: stage.store, clock: () => now }
  for (let at = 0; at < 20; at++) await setBack({ ...lost, key: `one:${at}`, reason: 'not a member' }, tools)
  now += 120_000
  await tellSetbacks(tools)
  await pass(5)
  expect(stage.slack.read('eagle-slack')).toEqual([])
  for (let at = 0; at < 20; at++) await setBack({ ...lost, key: `two:${at}`, reason: 'not a member' }, tools)
  now += 700_000
  await tellSetbacks(tools)
  await pass(60)
  expect(stage.slack.read('eagle-slack')).toHaveLength(1)
  expect(stage.slack.read('eagle-slack')[0]).toMatch(/2\d messages could not be delivered/)
})
