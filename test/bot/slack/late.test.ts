import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createLog } from '../../../bot/log.ts'
import type { Answer, Interaction } from '../../../bot/platform.ts'
import { createSlack } from '../../../bot/slack/index.ts'
import { commands } from '../../../commands/index.ts'
import { plainView } from '../../../workflows/view.ts'
import { tokens } from '../../peers/slack/index.ts'
import { accounts, rooms, startSlack } from './house.ts'
import { listener, nothing } from './listener.ts'

const report = commands.find(command => command.name === 'report')?.form

describe('a hub that takes its time', () => {
  const open: (() => Promise<void>)[] = []

  afterEach(async () => {
    for (const close of open.splice(0)) await close()
  })

  async function begun(answer: (interaction: Interaction) => Promise<Answer>) {
    const groups = { S0RESPONSE: [accounts.finch] }
    const peer = await startSlack({
      faster: 50,
      peer: { groups, people: [{ account: accounts.finch, locale: 'es-ES' }] },
    })
    const heard = listener(answer)
    const settings = { botToken: tokens.bot, appToken: tokens.app, signingSecret: null, port: 0, apiUrl: peer.apiUrl }
    const slack = createSlack({ ...settings, commands, clock: Date.now, log: createLog('silent'), faster: 50 })
    await slack.start(heard.host)
    open.push(slack.stop, peer.close)
    await vi.waitFor(() => expect(slack.connection?.().state).toBe('up'), 15_000)
    return { peer, ...heard, slack, finch: peer.someone(accounts.finch) }
  }

  const said = (words: string): Answer => ({
    ...nothing,
    reply: { type: 'view', private: true, view: plainView([{ words }]) },
  })

  const form = (errors = {}): Answer => {
    if (!report) throw new Error('no form')
    const shown = { id: 'f1', command: 'report', about: '', form: report, notice: null, values: {}, errors }
    return { ...nothing, reply: { type: 'form', form: shown } }
  }

  test('says so in the form, in time, and answers there later', async () => {
    const { peer, finch } = await begun(async interaction => {
      if (interaction.type === 'command') return form()
      await pause(2600)
      return said('Received as AZ-0001.')
    })
    await finch.type('/report', rooms.arizona)
    await expect.poll(() => finch.form()).not.toBeNull()
    await finch.submit({ 'what happened': 'Shouting', where: 'Tempe', 'is anyone': 'No', 'may i write': 'Yes' })
    expect(finch.page()).toMatch(/longer than usual/)
    await expect.poll(() => finch.page()).toBe('Received as AZ-0001.')
    expect(peer.broken).toEqual([])
  })

  test('says what is being saved, and how that ended where it said so', async () => {
    const ended = Promise.withResolvers<Answer>()
    const saving = { ...said('I am saving this.'), later: ended.promise }
    const { peer, finch } = await begun(async interaction =>
      interaction.type === 'command' && interaction.name === 'report' ? form() : saving,
    )
    await finch.type('/mine', rooms.arizona)
    const alone = async () => (await finch.direct()).map(one => one.text)
    await expect.poll(alone).toEqual(['I am saving this.'])
    await finch.type('/report', rooms.arizona)
    await expect.poll(() => finch.form()).not.toBeNull()
    await finch.submit({ 'what happened': 'Shouting', where: 'Tempe', 'is anyone': 'No', 'may i write': 'Yes' })
    await expect.poll(() => finch.page()).toBe('I am saving this.')
    ended.resolve(said('Received as AZ-0001.'))
    await expect.poll(() => finch.page()).toBe('Received as AZ-0001.')
    await expect.poll(alone).toEqual(['I am saving this.', 'Received as AZ-0001.'])
    expect(peer.broken).toEqual([])
  })

  test('is told who somebody is in Slack: their groups and their language', async () => {
    const { asked, finch, peer } = await begun(async () => said('hello'))
    await finch.type('/mine', rooms.arizona)
    await expect.poll(() => asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      ...{ type: 'command', name: 'mine', room: rooms.arizona, roomName: 'trust-az' },
      ...{ groups: ['S0RESPONSE'], language: 'es' },
    })
    peer.world.groups.get('S0RESPONSE')?.clear()
    peer.event({ type: 'subteam_members_changed', subteam_id: 'S0RESPONSE', removed_users: [accounts.finch] })
    await peer.settled()
    expect(peer.broken).toEqual([])
  })

  test('answers words to it once, also when they are handed to it again', async () => {
    const { slack, kept, finch, peer } = await begun(async () => said('Added to AZ-0001.'))
    await finch.write('one more thing', null)
    await expect.poll(() => kept).toHaveLength(1)
    const [raw] = kept
    if (!raw) throw new Error('nothing was kept')
    peer.faults.on('chat.postMessage', { type: 'lose' })
    await expect(slack.handle?.(raw)).rejects.toThrow()
    await slack.handle?.(raw)
    expect((await finch.direct()).map(one => one.text)).toEqual(['one more thing', 'Added to AZ-0001.'])
    expect(peer.broken).toEqual([])
  })

  test('looks an answer up that may stand already until that is known, and puts no second beside it', async () => {
    const { finch, peer } = await begun(async () => said('You are Finch.'))
    peer.faults.on('chat.postMessage', { type: 'lose' })
    peer.faults.on('conversations.history', { type: 'broken', status: 503 })
    await finch.type('/whoami', null)
    const looks = () => peer.calls.filter(call => call.method === 'conversations.history').length
    await expect.poll(looks, { timeout: 15_000 }).toBe(2)
    await peer.settled()
    expect((await finch.direct()).filter(one => one.text === 'You are Finch.')).toHaveLength(1)
  })

  test('what Slack refuses to show for good is not tried for hours', async () => {
    const { slack, kept, finch, peer } = await begun(async () => said('Added to AZ-0001.'))
    await finch.write('one more thing', null)
    await finch.home()
    await expect.poll(() => kept).toHaveLength(2)
    peer.faults.on('chat.postMessage', { type: 'refuse', code: 'restricted_action' })
    peer.faults.on('views.publish', { type: 'refuse', code: 'not_enabled' })
    for (const raw of kept) await slack.handle?.(raw)
    expect(await finch.direct()).toHaveLength(1)
  })

  test('keeps nothing from being asked again when its answer cannot be shown in the room', async () => {
    const { finch, peer } = await begun(async () => said('Only for you.'))
    const lobby = peer.world.channels.get('C0LOBBY')
    if (lobby) lobby.member = false
    await finch.type('/mine', 'C0LOBBY')
    await expect.poll(async () => (await finch.direct()).map(one => one.text)).toEqual(['Only for you.'])
    await finch.type('/mine', null)
    await expect.poll(async () => (await finch.direct()).length).toBe(2)
    expect(peer.world.direct(accounts.finch).messages).toHaveLength(1)
    expect(peer.broken).toEqual([])
  })
})
