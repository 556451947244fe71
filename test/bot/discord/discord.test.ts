import { afterEach, describe, expect, test } from 'vitest'
import { newFormId } from '../../../bot/asking.ts'
import { markOf } from '../../../bot/discord/custom.ts'
import { renderView } from '../../../bot/discord/render.ts'
import type { Answer, Interaction } from '../../../bot/platform.ts'
import type { OpenForm } from '../../../commands/form.ts'
import { report } from '../../../commands/report.ts'
import { phrase } from '../../../workflows/phrase.ts'
import { plainView } from '../../../workflows/view.ts'
import { az, card, type Desk, forum, line, openDesk, reader, said } from './desk.ts'

const desks: Desk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0).reverse()) await desk.close()
})

async function desk(...how: Parameters<typeof openDesk>): Promise<Desk> {
  const made = await openDesk(...how)
  desks.push(made)
  return made
}

const heron = '600000000000000001'
const quiet = async () => ({ reply: { type: 'nothing' }, reader }) as const

function reportForm(more: Partial<OpenForm> = {}): Answer {
  const open: OpenForm = {
    ...{ id: newFormId(Date.now()), command: 'report', about: '', form: report.form as OpenForm['form'] },
    ...{ notice: null, values: {}, errors: {}, ...more },
  }
  return { reply: { type: 'form', form: open }, reader }
}

const filled = { 'What happened': 'Men with rifles', Where: '85004', 'Is anyone': 'No', 'May I': 'Yes' }

describe('what people ask', () => {
  test('a command with a number and words reaches the hub as one typed line, and its answer is private', async () => {
    const { peer, connect, heard } = await desk(async () => said('You have it.'))
    await connect()
    const person = peer.someone(heron)
    person.has('5566')
    person.speaks('es-419')
    await person.type('/update AZ-0412 they left', az)
    expect(heard).toMatchObject([
      { type: 'command', name: 'update', words: 'AZ-0412 they left', account: heron, room: az, groups: ['5566'] },
    ])
    expect(heard[0]).toMatchObject({ language: 'es', message: null })
    expect(await person.direct()).toMatchObject([{ text: 'You have it.' }])
    expect(await peer.room(az)).toEqual([])
    expect(peer.broken).toEqual([])
  })

  test('a form is opened, sent in, refused, corrected without typing anything again, and its files stay', async () => {
    const { peer, connect, heard } = await desk(async (interaction: Interaction) => {
      if (interaction.type !== 'submission') return reportForm()
      const { form, values } = interaction
      if (values.where !== '85004') return reportForm({ id: form, values, errors: { where: phrase('form.required') } })
      return said('Received as AZ-0412.')
    })
    await connect()
    const person = peer.someone(heron)
    await person.type('/report', null)
    const photo = { name: 'gate.jpg', type: 'image/jpeg', bytes: Buffer.from('jpeg') }
    await person.submit({ ...filled, Where: 'here' }, [photo])
    const [refusal] = await person.direct()
    expect(refusal?.text).toContain('Not sent yet')
    expect(refusal?.buttons).toEqual(['Correct it'])
    await person.press('Correct it', refusal?.id ?? '', null)
    expect(person.form()?.fields.find(field => field.label.startsWith('What'))?.value).toBe('Men with rifles')
    await person.submit({ Where: '85004' })
    const [first, second] = heard.filter(one => one.type === 'submission')
    expect(second).toMatchObject({
      form: first?.form,
      values: { what: 'Men with rifles', where: '85004', danger: 'no' },
    })
    expect(second?.files).toMatchObject([{ name: 'gate.jpg', type: 'image/jpeg', size: 4 }])
    expect((await person.direct()).at(-1)?.text).toBe('Received as AZ-0412.')
    expect(peer.broken).toEqual([])
  })

  test('where the hub is slow the person sees that work goes on, and then the answer', async () => {
    let go = () => {}
    const slow = new Promise<void>(resolve => {
      go = resolve
    })
    const { peer, connect } = await desk(async () => {
      await slow
      return said('Done at last.')
    })
    await connect()
    const person = peer.someone(heron)
    const typed = person.type('/mine', az)
    setTimeout(go, 1800)
    await typed
    expect(await person.direct()).toMatchObject([{ text: 'Done at last.' }])
    expect(peer.broken).toEqual([])
  })

  test('a form that is ready too late is opened by a button', async () => {
    const { peer, connect } = await desk(async () => {
      await new Promise(resolve => setTimeout(resolve, 2500))
      return reportForm()
    })
    await connect()
    const person = peer.someone(heron)
    await person.type('/report', az)
    expect(person.form()).toBeNull()
    const [late] = await person.direct()
    expect(late?.buttons).toEqual(['Open the form'])
    await person.press('Open the form', late?.id ?? '', az)
    expect(person.form()?.title).toBe('Report')
    expect(peer.broken).toEqual([])
  })

  test('what takes long to save is said to be being saved, and how it ended takes the place of that', async () => {
    const ended = Promise.withResolvers<Answer>()
    const { peer, connect } = await desk(async () => ({ ...said('I am saving this.'), later: ended.promise }))
    await connect()
    const person = peer.someone(heron)
    const seen = async () => (await person.direct()).map(one => one.text)
    const typed = person.type('/claim AZ-0412', az)
    await expect.poll(seen).toEqual(['I am saving this.'])
    ended.resolve(said('It is yours.'))
    await typed
    await expect.poll(seen).toEqual(['It is yours.'])
    expect(peer.broken).toEqual([])
  })

  test('an answer whose own answer was lost is not given twice', async () => {
    const { peer, connect, heard } = await desk(async () => said('You have it.'))
    await connect()
    peer.fault({ match: /callback/, how: 'lose' })
    const person = peer.someone(heron)
    await person.type('/claim AZ-0412', az)
    peer.fault({ match: /callback/, how: 'cut' })
    await person.type('/claim AZ-0413', az)
    expect(heard).toHaveLength(2)
    await expect.poll(() => peer.asked.filter(one => one.includes('callback')).length).toBe(4)
    expect(await person.direct()).toHaveLength(2)
    expect(peer.broken).toEqual([])
  })

  test('what can be typed is told only when it has changed, and again after the bot was sent away and came back', async () => {
    const first = await desk(quiet)
    const { peer } = first
    // The first try fails, and is made up for.
    peer.fault({ match: /^PUT .*guilds/, how: 403 })
    await first.connect()
    const puts = () => peer.asked.filter(one => one.startsWith('PUT')).length
    expect(puts()).toBe(3)
    await first.discord.stop()
    const second = await desk(quiet, { between: peer, remembered: first.host.remembered })
    await second.discord.start(second.host)
    await expect.poll(() => second.discord.connection?.().state).toBe('up')
    await peer.someone(heron).type('/mine', az)
    expect(puts()).toBe(3)
    peer.invite()
    await expect.poll(puts).toBe(4)
    await peer.someone(heron).type('/mine', az)
    expect(peer.broken).toEqual([])
  })

  test('numbers of incidents are offered while they are typed', async () => {
    const { peer, connect } = await desk(quiet, {
      suggest: async (_origin, typed) => [{ id: 'AZ-0412' as never, label: `AZ-0412 · ${typed}` }],
    })
    await connect()
    expect(await peer.someone(heron).choices('claim', 'rif', az)).toEqual([{ name: 'AZ-0412 · rif', value: 'AZ-0412' }])
    expect(peer.broken).toEqual([])
  })

  test('a message becomes a report: its words stand in the form, its files go with it', async () => {
    const { peer, connect, heard } = await desk(async interaction =>
      interaction.type === 'command' ? reportForm({ values: { what: interaction.words } }) : said('Received.'),
    )
    await connect()
    const person = peer.someone(heron)
    const photo = { name: 'gate.jpg', type: 'image/jpeg', bytes: Buffer.from('jpeg') }
    const id = await peer.someone('600000000000000002').write('They block the gate', az, undefined, [photo])
    await person.menu('Make this a report', id, az)
    expect(person.form()?.fields[0]?.value).toBe('They block the gate')
    await person.submit({ Where: '85004', 'Is anyone': 'No', 'May I': 'Yes' })
    expect(heard.at(-1)).toMatchObject({ type: 'submission', files: [{ name: 'gate.jpg', size: 4 }] })
    expect(peer.broken).toEqual([])
  })

  test('a button works after a restart, on a message of any age, and says which card it was on', async () => {
    const { peer, connect, discord, heard } = await desk(async () => said('You have it.'))
    const ref = await discord.post({ type: 'room', room: az }, card())
    await connect()
    await peer.someone(heron).press('Claim', ref.id, az)
    expect(heard).toMatchObject([{ type: 'press', button: 'claim:AZ-0412:abc', room: az, message: ref }])
    expect(heard[0]?.key).toBe(`discord:${ref.id}:claim:AZ-0412:abc:${heron}`)
    expect(peer.broken).toEqual([])
  })
})

describe('when time runs out', () => {
  test('an answer that comes after a quarter of an hour is written to the person', async () => {
    const { peer, connect } = await desk(
      async () => {
        await new Promise(resolve => setTimeout(resolve, 1600))
        return said('You have it.')
      },
      { peer: { scale: 3000, pace: 1 } },
    )
    await connect()
    const person = peer.someone(heron)
    void person.type('/claim AZ-0412', az).catch(() => {})
    await expect
      .poll(async () => (await person.direct()).map(one => one.text), { timeout: 4000 })
      .toEqual(['You have it.'])
    expect(peer.asked).toContain('POST /users/@me/channels')
  })

  test('the hub stops in the middle of a login, and while Discord refuses the line', async () => {
    const { discord, host, peer } = await desk(quiet)
    await discord.start(host)
    await discord.stop()
    expect(discord.connection?.().state).toBe('off')
    peer.gateway.refuse(true)
    const second = await desk(quiet, { between: peer })
    await second.discord.start(second.host)
    await expect.poll(() => peer.asked.filter(one => one === 'GET /gateway/bot').length).toBeGreaterThan(0)
    await second.discord.stop()
    expect(second.discord.connection?.().state).toBe('off')
  }, 20_000)

  test('the hub stops when what it has in hand is answered', async () => {
    const { peer, connect, discord } = await desk(async () => {
      await new Promise(resolve => setTimeout(resolve, 400))
      return said('You have it.')
    })
    await connect()
    const person = peer.someone(heron)
    const typed = person.type('/claim AZ-0412', az)
    await new Promise(resolve => setTimeout(resolve, 100))
    await discord.stop()
    await typed
    expect((await person.direct()).map(one => one.text)).toEqual(['You have it.'])
    expect(discord.connection?.().state).toBe('off')
    expect(peer.gateway.isUp()).toBe(false)
  })
})

describe('what cannot be taken back', () => {
  test('is asked about first, in private, and done by a second press', async () => {
    const { peer, connect, discord, heard } = await desk(async () => said('Withdrawn.'))
    await connect()
    const confirm = phrase('card.confirm-withdraw', { id: 'AZ-0412' })
    const buttons = [{ id: 'withdraw:AZ-0412', label: phrase('button.withdraw'), confirm }]
    const view = { ...line('Received.').view, buttons }
    const ref = await discord.post({ type: 'direct', account: heron }, { view, reader, key: 'receipt:1' })
    const person = peer.someone(heron)
    await person.press('Withdraw', ref.id, null)
    const [, question, done] = await person.direct()
    expect(question?.text).toContain('AZ-0412')
    expect(question?.buttons).toEqual(['Yes: Withdraw'])
    expect(done?.text).toBe('Withdrawn.')
    expect(heard).toMatchObject([{ type: 'press', button: 'withdraw:AZ-0412', room: null, message: null }])
    expect(peer.broken).toEqual([])
  })

  test('a button of a message that nobody knows any more is answered', async () => {
    const { peer, connect, heard } = await desk(quiet)
    await connect()
    const button = { type: 2, custom_id: 'Nobody knows', label: 'Old', style: 2 }
    const id = '1500000000000000000'
    peer.world.messages.set(az, [
      {
        ...{
          id,
          channel_id: az,
          author: peer.world.bot,
          type: 0,
          content: 'old',
          timestamp: '',
          edited_timestamp: null,
        },
        ...{ flags: 0, attachments: [], components: [{ type: 1, components: [button] }] },
      },
    ])
    const person = peer.someone(heron)
    person.speaks('es-ES')
    await person.press('Old', id, az)
    expect((await person.direct())[0]?.text).toContain('Escriba /incident')
    expect(heard).toEqual([])
  })
})

describe('what the hub says', () => {
  test('a card is posted once, even if the answer is lost, edited in place and found again', async () => {
    const { peer, discord } = await desk(quiet)
    peer.fault({ match: /POST .channels.\d+.messages/, how: 'lose' })
    const ref = await discord.post({ type: 'room', room: az }, card())
    await discord.edit(ref, card('card:AZ-0412:2', { ...card().view, buttons: [] }))
    expect(await peer.room(az)).toMatchObject([{ id: ref.id, edited: true, buttons: [] }])
    expect((await peer.room(az))[0]?.text).toMatchInlineSnapshot(`
      "S4 HIGH · AZ-0412 · Armed group
      Do not go there. Work by phone until the safety check says yes.
      Three men with rifles.
      Claimed by Finch until 13:00"
    `)
    expect(await discord.find({ type: 'room', room: az }, 'card:AZ-0412:9', 0)).toBeNull()
    const other = await discord.post({ type: 'room', room: az }, card('card:AZ-0412:3'))
    expect(await discord.find({ type: 'room', room: az }, 'card:AZ-0412:3', 0)).toEqual(other)
    expect(peer.broken).toEqual([])
  })

  test('is found again among all that was said in a busy room since it may have been sent', async () => {
    const { peer, discord } = await desk(quiet)
    const sent = Date.now()
    const first = await discord.post({ type: 'room', room: az }, card())
    const long = await discord.post({ type: 'room', room: az }, line('One *sentence* is here. '.repeat(300), 'long'))
    for (let said = 0; said < 150; said++) await peer.someone(heron).write(`Word ${said}`, az)
    expect(await discord.find({ type: 'room', room: az }, card().key, sent)).toEqual(first)
    expect(await discord.find({ type: 'room', room: az }, 'long', sent)).toEqual(long)
    const before = peer.asked.length
    // All of the newest hundred were said before it may have been tried, so that no more are read.
    expect(await discord.find({ type: 'room', room: az }, 'never', Date.now() + 2 * 3_600_000)).toBeNull()
    expect(peer.asked.length - before).toBe(1)
    expect(peer.broken).toEqual([])
  })

  test('what is longer than a message goes on in further ones, which go with it, after a restart too', async () => {
    const first = await desk(quiet)
    const { peer } = first
    await first.connect()
    const words = Array.from({ length: 200 }, (_, number) => `Sentence *number* ${number} is here.`).join(' ')
    const ref = await first.discord.post({ type: 'room', room: az }, line(words, 'long'))
    const parts = await peer.room(az)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.map(part => part.text).join(' ')).toBe(words)
    expect(ref.id).toBe(parts[0]?.id)
    expect(await first.discord.find({ type: 'room', room: az }, 'long', 0)).toEqual(ref)
    await first.discord.stop()
    const second = await desk(quiet, { between: peer, remembered: first.host.remembered })
    await second.connect()
    await second.discord.edit(ref, line('Taken back.'))
    expect((await peer.room(az)).map(part => part.text)).toEqual(['Taken back.'])
    await second.discord.remove?.(ref)
    expect(await peer.room(az)).toEqual([])
    expect(peer.broken).toEqual([])
  })

  test('what was broken off half-way is not taken for sent', async () => {
    const { peer, discord } = await desk(quiet)
    const words = 'One *sentence* is here. '.repeat(300)
    peer.fault({ match: /POST .channels.\d+.messages/, how: 503, times: 1 })
    peer.fault({ match: /POST .channels.\d+.messages/, how: 503, times: 1 })
    await expect(discord.post({ type: 'room', room: az }, line(words, 'long'))).rejects.toMatchObject({
      permanent: false,
    })
    const [body] = renderView(line(words).view, reader)
    await discord.post({ type: 'room', room: az }, line('short', 'other'))
    if (body) peer.world.messages.get(az)?.[0]?.components.splice(0, 1, { ...body, id: markOf('long', 0) } as never)
    expect(await discord.find({ type: 'room', room: az }, 'long', 0)).toBeNull()
  })

  test('the first line of talk opens the thread of a card; one that stands already is used', async () => {
    const { peer, discord, host } = await desk(quiet)
    const ref = await discord.post({ type: 'room', room: az }, card())
    const first = await discord.post({ type: 'thread', under: ref }, line('Claimed by Finch'))
    const second = await desk(quiet, { between: peer })
    await second.discord.post({ type: 'thread', under: ref }, line('Calm now'))
    expect(first.room).toBe(ref.id)
    expect(peer.world.channels.get(ref.id)?.name).toBe('AZ-0412 · Armed group')
    expect((await peer.thread(az, ref.id)).map(message => message.text)).toEqual(['Claimed by Finch', 'Calm now'])
    expect(host.noticed.size).toBe(0)
    expect(peer.broken).toEqual([])
  })

  test.each([az, forum])('the thread of a card says no more than the card does by now (%s)', async room => {
    const { peer, discord } = await desk(quiet, { peer: { rooms: rooms(['S4', 'Open']) } })
    const ref = await discord.post({ type: 'room', room }, card())
    await discord.post({ type: 'thread', under: ref }, line('Claimed by Finch'))
    expect(peer.world.channels.get(ref.id)?.name).toBe('AZ-0412 · Armed group')
    await discord.edit(ref, { ...card('card:2'), view: plainView([{ words: 'AZ-0412 is for named people' }]) })
    expect(peer.world.channels.get(ref.id)?.name).toBe('AZ-0412 is for named people')
    expect(peer.broken).toEqual([])
  })

  test('a forum has a post for each incident, with tags, put away when it ends and opened again', async () => {
    const { peer, discord } = await desk(quiet, { peer: { rooms: rooms(['S5', 'S4', 'Open', 'Claimed', 'Closed']) } })
    const ref = await discord.post({ type: 'room', room: forum }, card())
    const post = () => peer.world.channels.get(ref.id)
    const tags = () =>
      (post()?.applied_tags ?? []).map(
        id => peer.world.channels.get(forum)?.available_tags?.find(tag => tag.id === id)?.name,
      )
    expect(post()?.name).toBe('AZ-0412 · Armed group')
    expect(tags()).toEqual(['S4', 'Open'])
    await discord.post({ type: 'thread', under: ref }, line('Claimed by Finch'))
    await discord.edit(ref, card('card:2', undefined, 'closed'))
    expect(tags()).toEqual(['S4', 'Closed'])
    expect(post()?.thread_metadata).toMatchObject({ archived: true, locked: true })
    await discord.post({ type: 'thread', under: ref }, line('Thank you all'))
    expect(post()?.thread_metadata).toMatchObject({ archived: true, locked: true })
    await discord.edit(ref, card('card:3'))
    expect(post()?.thread_metadata).toMatchObject({ archived: false, locked: false })
    expect((await peer.thread(forum, ref.id)).map(message => message.text)).toEqual([
      'Claimed by Finch',
      'Thank you all',
    ])
    expect(peer.broken).toEqual([])
  })

  test('a forum post whose answer is lost is not made twice: it is unknown, and found', async () => {
    const { peer, discord } = await desk(quiet)
    peer.forbid(0n)
    peer.fault({ match: /POST .channels.\d+.threads/, how: 'lose' })
    await expect(discord.post({ type: 'room', room: forum }, card())).rejects.toMatchObject({
      permanent: false,
      retryAfterMs: undefined,
    })
    expect(await discord.find({ type: 'room', room: forum }, 'card:AZ-0412:1', 0)).toMatchObject({
      room: expect.any(String),
    })
    expect(await peer.room(forum)).toHaveLength(1)
    expect(peer.broken).toEqual([])
  })
})

function rooms(tags: readonly string[]) {
  return [
    { id: az, name: 'trust-az' },
    { id: forum, name: 'incidents', forum: true, tags },
  ]
}
