import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IncidentId } from '../../../workflows/ids.ts'
import type { SlackPeer } from '../../peers/slack/index.ts'
import { accounts, openSlackHouse, rooms, type SlackHouse, startSlack } from './house.ts'

const told = { 'what happened': 'Two groups shouting.', where: 'Tempe', 'is anyone': 'No', 'may i write': 'Yes' }
const photo = { name: 'p.png', type: 'image/png', bytes: png() }

describe('forms in Slack', () => {
  let peer: SlackPeer
  let house: SlackHouse

  beforeAll(async () => {
    peer = await startSlack({ faster: 50, peer: { people: everybody } })
    house = await openSlackHouse(peer, { faster: 50 })
  })
  afterAll(async () => {
    await house.close()
    await peer.close()
    house.at.leave()
  })

  test('what is wrong is said at its field, and nothing typed is lost', async () => {
    const finch = peer.someone(accounts.finch)
    await finch.type('/report', rooms.arizona)
    await expect.poll(() => finch.form()).not.toBeNull()
    await finch.submit({ ...told, 'what happened': ' \u200b ' })
    const [what, where] = finch.form()?.fields ?? []
    expect(what?.problem).not.toBe('')
    expect(where).toMatchObject({ value: 'Tempe', problem: '' })
    await finch.submit({ 'what happened': 'Two groups shouting.' })
    expect(finch.form()).toBeNull()
    await house.settle()
    expect(await cards()).toHaveLength(1)
    expect(peer.broken).toEqual([])
  })

  test('sent in twice it counts once', async () => {
    const finch = peer.someone(accounts.finch)
    await finch.type('/report', rooms.arizona)
    await expect.poll(() => finch.form()).not.toBeNull()
    const [stack] = [...(peer.world.views.get(accounts.finch) ?? [])]
    await finch.submit({ ...told, where: 'Mesa' })
    if (stack) peer.world.views.set(accounts.finch, [stack])
    await finch.submit({ ...told, where: 'Mesa' })
    await house.settle()
    expect(await cards()).toHaveLength(2)
    expect(peer.broken).toEqual([])
  })

  test('a form that Slack did not open in time is opened by a button, with the words that were typed', async () => {
    const heron = peer.someone(accounts.heron)
    peer.faults.on('views.open', { type: 'refuse', code: 'expired_trigger_id' })
    await heron.type('/report Fire at the gate', rooms.arizona)
    await expect.poll(async () => (await heron.direct()).at(-1)?.text).toMatch(/took too long[\s\S]*Fire at the gate/)
    const late = (await heron.direct()).at(-1)
    await heron.press('Open the form', late?.id ?? '', rooms.arizona)
    await expect.poll(() => heron.form()?.title).toBe('Report')
    await heron.dismiss()
    expect(peer.broken).toEqual([])
  })

  test('what was typed before a choice is a draft, and comes back', async () => {
    const wren = peer.someone(accounts.wren)
    await wren.type('/report', null)
    await expect.poll(() => wren.form()).not.toBeNull()
    await wren.fill({ '¿qué': 'Tres hombres con palos', '¿hay': 'No' })
    await wren.dismiss()
    const again = async () => {
      await wren.type('/report', null)
      await expect.poll(() => wren.form()).not.toBeNull()
      return wren.form()?.fields[0]?.value
    }
    await expect.poll(again).toBe('Tres hombres con palos')
    expect(wren.page()).toMatch(/reporte/)
    await wren.dismiss()
    expect(peer.broken).toEqual([])
  })

  test('a message is made a report, with its words and files', async () => {
    const finch = peer.someone(accounts.finch)
    const ts = await peer
      .someone(accounts.wren)
      .write('Broken windows <here> & there', rooms.arizona, undefined, [photo])
    await finch.shortcut('Make this a report', ts, rooms.arizona)
    await expect.poll(() => finch.form()?.fields[0]?.value).toBe('Broken windows <here> & there')
    expect(finch.page()).toMatch(/1 file of that message comes along/)
    const before = (await cards()).length
    await finch.submit({ where: 'Tucson', 'is anyone': 'No', 'may i write': 'Yes' })
    await house.settle()
    const card = (await cards()).at(before)
    expect(card?.text).toMatch(/Broken windows <here> & there[\s\S]*1 photo/)
    expect(peer.broken).toEqual([])
  })

  test('a message is added to an incident, which is asked for as they type', async () => {
    const finch = peer.someone(accounts.finch)
    const ts = await peer.someone(accounts.wren).write('They are back', rooms.arizona, undefined, [photo])
    await finch.shortcut('Add to an incident', ts, rooms.arizona)
    await expect.poll(() => finch.form()?.title).toBe('Add to an incident')
    await finch.submit({ 'which incident': 'AZ-0001' })
    expect(finch.form()).toBeNull()
    await expect.poll(async () => (await finch.direct()).at(-1)?.text).toMatch(/AZ-0001/)
    const entries = await house.store.incidents.timeline('AZ-0001' as IncidentId, 50)
    expect(entries.map(entry => entry.event.type)).toContain('added')
    expect(peer.broken).toEqual([])
  })

  test('a form is answered where it stands, also after its incident has ended', async () => {
    const finch = peer.someone(accounts.finch)
    const card = (await cards())[0]
    await finch.press('Claim', card?.id ?? '', rooms.arizona)
    await house.settle()
    const claimed = (await cards())[0]
    const wren = peer.someone(accounts.wren)
    await wren.press('Update', claimed?.id ?? '', rooms.arizona)
    await expect.poll(() => wren.form()).not.toBeNull()
    await finch.press('Resolve', claimed?.id ?? '', rooms.arizona)
    await expect.poll(() => finch.form()).not.toBeNull()
    await finch.submit({ [finch.form()?.fields[0]?.label ?? '']: 'Calm' })
    await house.settle()
    expect((await cards())[0]?.buttons).toEqual(['Open', 'Reopen'])
    await wren.submit({ [wren.form()?.fields[0]?.label ?? '']: 'Ya se fueron' })
    const problem = wren.form()?.fields[0]?.problem
    if (problem === undefined) await expect.poll(async () => (await wren.direct()).at(-1)?.text).toMatch(/AZ-0001/)
    else expect(problem).toMatch(/AZ-0001/)
    expect(peer.broken).toEqual([])
  })

  test('who is not in the network is refused in their own language, and hand-made payloads do nothing', async () => {
    const nobody = peer.someone(accounts.nobody)
    await nobody.type('/report', rooms.arizona)
    await expect.poll(async () => (await nobody.direct()).at(-1)?.text).toMatch(/[áéíóúñ]/)
    const user = { id: accounts.nobody }
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'form',
      private_metadata: '{"f":1}',
      blocks: [],
      state: { values: {} },
    }
    await peer.interaction('interactive', { type: 'view_submission', user, view })
    await peer.interaction('interactive', { type: 'view_submission', user, view: { ...view, callback_id: 'else' } })
    await peer.interaction('interactive', {
      type: 'block_actions',
      user,
      actions: [{ action_id: 'press:0', value: 'x' }],
      trigger_id: 't',
    })
    await peer.interaction('slash_commands', {
      command: '/unknown',
      user_id: accounts.nobody,
      channel_id: rooms.arizona,
      trigger_id: 't',
      text: '',
    })
    expect(peer.broken).toEqual([])
  })

  async function cards() {
    return (await peer.room(rooms.arizona)).filter(one => /AZ-\d{4}/.test(one.text))
  }
})

const everybody = Object.entries(accounts).map(([name, account]) => ({
  account,
  locale: name === 'nobody' ? 'es-LA' : 'en-US',
}))

/** The smallest picture. */
function png(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
}
