import { PermissionFlagsBits } from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import type { Seen } from '../peers/peer.ts'
import { coordination, groups, type Net, openNet, rooms, type Tool, until } from './net.ts'

const tools: readonly Tool[] = ['slack', 'discord', 'signal']
let net: Net

afterEach(() => net.close())

/** Heron reports on that tool. */
async function report(tool: Tool, what: string, danger = 'Someone is hurt'): Promise<void> {
  const heron = net.someone('Heron', tool)
  const { commands } = net.peers.discord.world
  if (tool === 'discord')
    await until('the commands', async () => ({ found: commands.has('global') || null, instead: 'none' }))
  if (tool === 'signal') {
    const before = (await heron.direct()).length
    await heron.type(`/report ${what}, 85004 !4`, null)
    const asked = await until('the question whether it is right', async () => {
      const all = await heron.direct()
      return { found: all.slice(before).find(seen => seen.buttons.includes('Send')), instead: texts(all) }
    })
    return heron.press('Send', asked.id, null)
  }
  await heron.type('/report', null)
  await until('the form', async () => ({ found: heron.form(), instead: 'none' }))
  await heron.submit({ What: what, Where: '85004', 'Is anyone': danger, 'May I': 'Yes' })
}

const texts = (all: readonly Seen[]) => all.map(seen => seen.text).join('\n---\n')

async function line(tool: Tool, under: Seen, words: string): Promise<Seen> {
  return until(`"${words}" in the thread on ${tool}`, async () => {
    const all = await net.peers[tool].thread(rooms[tool], under.id)
    return { found: all.find(seen => seen.text.includes(words)), instead: texts(all) }
  })
}

/** Waits for that many setbacks that nobody was told of yet, and for the notice that gathers them. */
async function noted(count: number, words: RegExp): Promise<Seen> {
  await until(`${count} setbacks`, async () => {
    const untold = await net.store.setbacks.untold(count)
    return { found: untold.length >= count || null, instead: JSON.stringify(untold) }
  })
  net.skip(1)
  return until(`"${words}" where coordinators sit`, async () => {
    const all = await net.peers.slack.room(coordination.slack)
    return { found: all.find(seen => words.test(seen.text)), instead: texts(all) }
  })
}

const cardsOf = async (tool: Tool, id: string) =>
  (await net.peers[tool].room(rooms[tool])).filter(seen => seen.text.split('\n')[0]?.includes(id))

const sentences = (of: string, length: number) =>
  Array.from({ length: 200 }, (_, at) => `${of} ${at} went by the gate.`)
    .join(' ')
    .slice(0, length)

test('whatever people write reads on every tool as they wrote it, whole, and calls nobody', async () => {
  net = await openNet()
  const evil =
    '<!channel> <@U0FINCH> <@500000000000000003> **bold** ||hidden|| [a](b) \\back `code` ~no~ _u_ <t:0:R> &amp; <#C0COORD>'
  await report('slack', evil)
  for (const tool of tools) await net.card(tool, 'AZ-0001', evil)
  const cards = { slack: await net.card('slack', 'AZ-0001'), discord: await net.card('discord', 'AZ-0001') }
  const onSignal = await net.card('signal', 'AZ-0001')
  await net.someone('Finch', 'slack').write(`From Slack ${evil} @everyone`, rooms.slack, cards.slack.id)
  await net.someone('Wren', 'discord').write(`From Discord ${evil}`, rooms.discord, cards.discord.id)
  await net.someone('Heron', 'signal').write(`From Signal ${evil}`, rooms.signal, onSignal.id)
  await line('slack', cards.slack, `Wren (Discord): From Discord ${evil}`)
  await line('slack', cards.slack, `Heron (Signal): From Signal ${evil}`)
  await line('signal', onSignal, `Finch (Slack): From Slack ${evil} @everyone`)
  const far = await line('discord', cards.discord, `Finch (Slack): From Slack ${evil}`)
  expect(far.text).not.toContain('@everyone')

  // What is longer than a message goes on in the next; what is longer than may be is told back, whole.
  const long = sentences('Bus', 3600)
  await net.someone('Finch', 'slack').write(long, rooms.slack, cards.slack.id)
  await line('discord', cards.discord, `Finch (Slack): ${long}`)
  const last = long.slice(-40)
  await until('its end on Signal', async () => {
    const all = await net.peers.signal.room(rooms.signal)
    const carried = all.filter(seen => seen.author === 'hub' && seen.text.includes('went by the gate.'))
    const whole = carried.map(seen => seen.text).join(' ')
    return { found: whole.includes(long) || null, instead: `${last}\n${texts(all)}` }
  })
  const tooLong = sentences('Car', 3990)
  await net.someone('Heron', 'signal').write(tooLong, rooms.signal, onSignal.id)
  await until('word of it', async () => {
    const all = await net.someone('Heron', 'signal').direct()
    const [first, ...rest] = all.slice(all.findIndex(seen => seen.text.includes('characters too long')))
    const whole = rest.map(seen => seen.text).join(' ')
    return { found: (first && whole.includes(tooLong)) || null, instead: texts(all) }
  })
  expect(net.broken()).toEqual([])
  expect(net.logged()).not.toContain('"level":50')
}, 60_000)

test('bots, made-up payloads and what comes again are nothing that anybody said or did', async () => {
  net = await openNet()
  const { slack, discord, signal } = net.peers
  await report('discord', 'One')
  const [onSlack, onDiscord, onSignal] = await Promise.all(tools.map(tool => net.card(tool, 'AZ-0001')))
  const [s, d, g] = [onSlack?.id ?? '', onDiscord?.id ?? '', onSignal?.id ?? '']
  const finch = net.someone('Finch', 'signal')

  const inThread = { type: 'message', channel: rooms.slack, thread_ts: s, text: 'A machine says' }
  slack.event({ ...inThread, ts: '3.1', bot_id: 'B9', user: 'U9' })
  slack.event({ ...inThread, ts: '3.2', subtype: 'bot_message', bot_id: 'B9' })
  slack.event({ ...inThread, ts: '3.3', subtype: 'channel_join', user: 'U0FINCH' })
  const spoken = slack.event({ ...inThread, ts: '3.4', user: 'U0FINCH', text: 'I say it once' })
  await slack.settled()
  await slack.again(spoken)
  const from = { user: { id: 'U0FINCH', username: 'finch', team_id: 'T0HUB' }, team: { id: 'T0HUB' } }
  const press = (value: string) => ({
    ...{ type: 'block_actions', ...from, trigger_id: 'none', channel: { id: rooms.slack, name: 'trust-az' } },
    container: { type: 'message', message_ts: s, channel_id: rooms.slack },
    actions: [{ type: 'button', action_id: 'press:b9', value, action_ts: '1' }],
  })
  for (const value of ['nonsense:AZ-0001', '__proto__:constructor', 'erase:AZ-0001', 'claim:ZZ-9999', ''])
    await slack.interaction('interactive', press(value))
  const view = { id: 'V1', hash: 'h', type: 'modal', blocks: [], private_metadata: '{"form":{}}' }
  const state = { values: { what: { what: { type: 'plain_text_input', value: { a: 1 } } } } }
  await slack.interaction('interactive', {
    type: 'view_submission',
    ...from,
    view: { ...view, callback_id: 'x', state },
  })

  const machine = { id: '77', username: 'machine', bot: true }
  const told = { guild_id: discord.world.guild, timestamp: new Date().toISOString(), attachments: [], mentions: [] }
  discord.gateway.dispatch('MESSAGE_CREATE', {
    ...{ ...told, id: '1574150403010954963', channel_id: d, author: machine, content: 'A machine says', type: 0 },
  })
  discord.gateway.dispatch('MESSAGE_CREATE', {})

  const odd = { sourceUuid: finch.account, timestamp: Date.now() }
  signal.burst(['garbage', null, 42, [], {}, { envelope: null }, { exception: { message: 'x' } }])
  signal.burst([
    { envelope: { source: null, sourceUuid: null, timestamp: 1, dataMessage: { message: 'A machine says' } } },
  ])
  signal.burst([{ envelope: { ...odd, dataMessage: { reaction: {}, quote: 7, groupInfo: { groupId: '!!' } } } }])
  signal.groupChanged(rooms.signal, finch.account)

  // A command is done once, whatever becomes of the message that it stood in.
  const typed = await finch.write('/claim AZ-0001', null)
  await net.card('signal', 'AZ-0001', 'Claimed by Finch')
  await finch.rewrite(typed, '/release AZ-0001', null)
  await until('word that it counts no more', async () => {
    const all = await finch.direct()
    return { found: all.find(seen => seen.text.includes('is done already')), instead: texts(all) }
  })
  await net.card('slack', 'AZ-0001', 'Claimed by Finch')

  await line('discord', onDiscord as Seen, 'I say it once')
  const types = (await net.store.incidents.timeline('AZ-0001' as never, 50)).map(({ event }) => event.type)
  expect(types.filter(type => !['reporter-told', 'extended'].includes(type))).toEqual(['reported', 'said', 'claimed'])
  for (const [tool, under] of [
    ['slack', s],
    ['discord', d],
    ['signal', g],
  ] as const) {
    const all = (await net.peers[tool].thread(rooms[tool], under)).filter(
      seen => seen.author === 'hub' || tool !== 'slack',
    )
    expect(texts(all)).not.toContain('A machine says')
    expect(all.filter(seen => seen.text.includes('I say it once')).length).toBeLessThan(2)
  }
}, 60_000)

test('a form that is sent in twice, or after its incident was closed, is done once or told', async () => {
  net = await openNet()
  const wren = net.someone('Wren', 'discord')
  const heron = net.peers.discord.someone(net.someone('Heron', 'discord').account)
  await report('discord', 'Twice')
  await heron.again()
  const card = await net.card('discord', 'AZ-0001')
  const stale = await net.card('slack', 'AZ-0001')
  await wren.press('Claim', card.id, rooms.discord)
  await net.card('discord', 'AZ-0001', 'Claimed by Wren')
  const finch = net.someone('Finch', 'slack')
  await finch.press('Update', stale.id, rooms.slack)
  await until('the form', async () => ({ found: finch.form(), instead: 'none' }))
  await wren.type('/resolve AZ-0001 calmed', rooms.discord)
  // No edit may be on its way while a day goes by.
  await Promise.all(tools.map(tool => net.card(tool, 'AZ-0001', /calm/i)))
  net.skip(25 * 60)
  await net.card('slack', 'AZ-0001', /closed/i).catch(() => null)
  const field = finch.form()?.fields.find(one => one.value === '')?.label ?? ''
  await finch.submit({ [field]: 'Late words' })
  const page = (finch as { page?: () => string | null }).page?.() ?? ''
  expect(`${page} ${JSON.stringify(finch.form())} ${texts(await finch.direct())}`).toMatch(
    /closed|ended|over|resolved/i,
  )
  expect(await net.store.incidents.find('AZ-0002' as never)).toBeNull()
  expect(net.broken()).toEqual([])
}, 60_000)

test('rooms that take nothing are told of once, and everything comes out once they do again', async () => {
  net = await openNet()
  const { slack, discord, signal } = net.peers
  const channel = slack.world.channels.get(rooms.slack)
  const group = signal.world.groups.get(rooms.signal)
  if (!channel || !group) throw new Error('no room')
  channel.archived = true
  discord.forbid(PermissionFlagsBits.SendMessages, rooms.discord)
  group.hub = false
  await report('slack', 'First')
  await report('slack', 'Second')
  await noted(3, /3 rooms do not let me write/)
  channel.archived = false
  const place = discord.world.channels.get(rooms.discord)
  if (place) place.permission_overwrites = []
  group.hub = true
  for (let minute = 0; minute < 30; minute += 5) net.skip(5)
  for (const tool of tools) for (const id of ['AZ-0001', 'AZ-0002']) await net.card(tool, id)
  for (const tool of tools) for (const id of ['AZ-0001', 'AZ-0002']) expect(await cardsOf(tool, id)).toHaveLength(1)
  const told = (await slack.room(coordination.slack)).filter(seen => seen.text.includes('do not let me write'))
  expect(told).toHaveLength(1)
  for (const name of ['trust-az (Slack)', 'trust-az (Discord)', 'Arizona (Signal)']) {
    expect(told[0]?.text).toContain(name)
  }
}, 60_000)

test('where answers are lost one message stands, and on Signal it is asked whether it does', async () => {
  net = await openNet()
  const { slack, discord, signal } = net.peers
  slack.faults.on('chat.postMessage', { type: 'lose' }, 1)
  discord.fault({ match: new RegExp(`POST /channels/${rooms.discord}/messages`), how: 'cut' })
  signal.faults.nextTo(rooms.signal, { type: 'lose' })
  await report('discord', 'Lost', 'No')
  await net.card('slack', 'AZ-0001')
  await net.card('discord', 'AZ-0001')
  await net.card('signal', 'AZ-0001')
  // It is tried again, and only then asked about.
  net.skip(2)
  await noted(1, /Arizona \(Signal\)/)
  for (const tool of tools) expect(await cardsOf(tool, 'AZ-0001')).toHaveLength(1)
}, 60_000)

test('a role that somebody lost is nothing that a button still gives', async () => {
  net = await openNet()
  await report('slack', 'One')
  await report('slack', 'Two')
  const dove = net.peers.discord.someone('500000000000000009')
  dove.has(groups.discord)
  await dove.press('Claim', (await net.card('discord', 'AZ-0001')).id, rooms.discord)
  await net.card('slack', 'AZ-0001', /Claimed by/)
  dove.has()
  await dove.press('Claim', (await net.card('discord', 'AZ-0002')).id, rooms.discord)
  expect(texts(await dove.direct())).not.toContain('AZ-0002 is yours')
  expect((await net.store.incidents.find('AZ-0002' as never))?.incident.status).toBe('reported')
}, 60_000)

test('what is said while hundreds of others speak, and answers are lost, is carried once', async () => {
  net = await openNet()
  const { slack, discord, signal } = net.peers
  await report('slack', 'One')
  const [onSlack, onDiscord, onSignal] = await Promise.all(tools.map(tool => net.card(tool, 'AZ-0001')))
  slack.faults.on('chat.postMessage', { type: 'lose' })
  discord.fault({ match: /POST \/channels\/\d+\/messages/, how: 'cut' })
  const chatter = Array.from({ length: 500 }, (_, at) => ({
    envelope: {
      ...{
        source: null,
        sourceNumber: null,
        sourceUuid: `9${at}`.padEnd(8, '0').concat('-0000-4000-8000-000000000000'),
      },
      ...{ timestamp: Date.now() + at, dataMessage: { timestamp: Date.now() + at, message: `chatter ${at}` } },
    },
    account: signal.settings.number,
  }))
  signal.burst(chatter.slice(0, 250))
  await net.someone('Heron', 'signal').write('Heard in the crowd', rooms.signal, onSignal?.id)
  signal.burst(chatter.slice(250))
  net.skip(1)
  await line('slack', onSlack as Seen, 'Heard in the crowd')
  await line('discord', onDiscord as Seen, 'Heard in the crowd')
  net.skip(2)
  await net.someone('Finch', 'slack').write('And once more', rooms.slack, onSlack?.id)
  await line('discord', onDiscord as Seen, 'And once more')
  for (const [tool, card] of [['slack', onSlack] as const, ['discord', onDiscord] as const]) {
    const all = await net.peers[tool].thread(rooms[tool], card?.id ?? '')
    expect(all.filter(has('Heard in the crowd'))).toHaveLength(1)
  }
  expect(net.broken()).toEqual([])
}, 60_000)

for (const away of tools) {
  test(`while ${away} is away the others go on, and it catches up`, async () => {
    net = await openNet()
    const { slack, discord, signal } = net.peers
    await report('slack', 'Before')
    const before = Object.fromEntries(
      await Promise.all(tools.map(async tool => [tool, await net.card(tool, 'AZ-0001')] as const)),
    ) as Record<Tool, Seen>
    if (away === 'slack') slack.down(true)
    if (away === 'discord') {
      discord.gateway.refuse(true)
      discord.gateway.cut()
      discord.fault({ match: /messages|gateway/, how: 503, times: 6 })
    }
    if (away === 'signal') await signal.api.down()

    // Somebody there claims and says something meanwhile; elsewhere a report comes and people talk.
    await report(away === 'discord' ? 'slack' : 'discord', 'Meanwhile')
    const others = tools.filter(tool => tool !== away)
    for (const tool of others) await net.card(tool, 'AZ-0002')
    const said = net.someone('Heron', others[0] as Tool)
    await said.write('While it was away', rooms[others[0] as Tool], before[others[0] as Tool].id)
    await line(others[1] as Tool, before[others[1] as Tool], 'While it was away')
    if (away !== 'signal') await net.someone('Heron', away).write('From there', rooms[away], before[away].id)

    if (away === 'slack') slack.down(false)
    if (away === 'discord') discord.gateway.refuse(false)
    if (away === 'signal') await signal.api.up()
    net.skip(10)
    await net.card(away, 'AZ-0002')
    await line(away, before[away], 'While it was away')
    if (away !== 'signal') await line('signal', before.signal, 'From there')
    for (const tool of tools) for (const id of ['AZ-0001', 'AZ-0002']) expect(await cardsOf(tool, id)).toHaveLength(1)
    expect((await net.peers[away].thread(rooms[away], before[away].id)).filter(has('While it was away'))).toHaveLength(
      1,
    )
  }, 60_000)
}

const has = (words: string) => (seen: Seen) => seen.text.includes(words)
