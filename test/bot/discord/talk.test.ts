import { PermissionFlagsBits } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { heardIn } from '../../../bot/discord/hear.ts'
import { permissions } from '../../../bot/discord/manifest.ts'
import type { Interaction } from '../../../bot/platform.ts'
import { image } from '../../pictures.ts'
import { az, card, coordination, type Desk, forum, line, openDesk, reader, said } from './desk.ts'

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
const talk = (heard: readonly Interaction[]) =>
  heard.map(one => ('words' in one ? `${one.type} ${one.words}` : one.type))

describe('what people write', () => {
  test('talk in a thread is kept first, then understood, with its changes and its end', async () => {
    const { peer, connect, discord, heard, host } = await desk(quiet)
    await connect()
    const ref = await discord.post({ type: 'room', room: az }, card())
    const person = peer.someone(heron)
    person.has('5566')
    const id = await person.write('They are leaving', az, ref.id)
    await expect.poll(() => heard.length).toBe(1)
    await person.rewrite(id, 'They have left', az)
    await expect.poll(() => heard.length).toBe(2)
    await person.unwrite(id, az)
    await expect.poll(() => heard.length).toBe(3)
    expect(talk(heard)).toEqual(['message They are leaving', 'edited They have left', 'deleted'])
    expect(heard[0]).toMatchObject({
      room: az,
      message: ref,
      account: heron,
      groups: ['5566'],
      self: { room: ref.id, id },
    })
    expect(heard[1]).toMatchObject({ room: az, message: ref, self: { room: ref.id, id } })
    expect(heard[2]).toMatchObject({ self: { room: ref.id, id } })
    expect(host.kept.map(raw => raw.key)).toEqual([
      `discord:${id}`,
      expect.stringMatching(`^discord:${id}:edited:2`),
      `discord:${id}:deleted`,
    ])
    expect(peer.broken).toEqual([])
  })

  test('talk in a post of a forum belongs to the card that the post is', async () => {
    const { peer, connect, discord, heard } = await desk(quiet)
    await connect()
    const ref = await discord.post({ type: 'room', room: forum }, card())
    await peer.someone(heron).write('On my way', forum, ref.id)
    await expect.poll(() => heard.length).toBe(1)
    expect(heard[0]).toMatchObject({ type: 'message', room: forum, message: ref })
    await peer.someone(heron).press('Claim', ref.id, forum)
    expect(heard[1]).toMatchObject({ type: 'press', room: forum, message: ref })
    expect(peer.broken).toEqual([])
  })

  test('what people say among themselves in a room is left alone', async () => {
    const { peer, connect, heard, host } = await desk(quiet)
    await connect()
    const morning = await peer.someone(heron).write('Good morning', az)
    await peer.someone(heron).rewrite(morning, 'Good morning all', az)
    await peer.someone(heron).write('Somewhere else', null)
    await expect.poll(() => heard.length).toBe(1)
    expect(heard[0]).toMatchObject({ words: 'Somewhere else', room: null, message: null })
    expect(host.kept).toHaveLength(1)
  })

  test('what answers a card in the room itself is about that card', async () => {
    const { peer, connect, discord, heard } = await desk(quiet)
    await connect()
    const ref = await discord.post({ type: 'room', room: az }, card())
    const quote = { type: 0, message_id: ref.id, channel_id: az, guild_id: peer.world.guild }
    const author = { id: heron, username: 'heron' }
    const base = { id: '1', channel_id: az, guild_id: peer.world.guild, timestamp: new Date().toISOString(), author }
    peer.gateway.dispatch('MESSAGE_CREATE', { ...base, type: 19, content: 'On it', message_reference: quote })
    await expect.poll(() => heard.length).toBe(1)
    expect(heard[0]).toMatchObject({ type: 'message', words: 'On it', room: az, message: ref })
  })

  test('events that lack what they should have, and packets of no sense, break nothing', async () => {
    const { peer, connect, heard, host, logged } = await desk(quiet)
    await connect()
    peer.gateway.dispatch('GUILD_CREATE', { id: '123' })
    peer.gateway.dispatch('MESSAGE_CREATE', { id: '1', channel_id: '2', guild_id: '123' })
    peer.gateway.dispatch('MESSAGE_CREATE', {})
    expect(heardIn({ t: 'MESSAGE_CREATE', d: { guild_id: '123' } } as never)).toEqual([])
    peer.gateway.dispatch('INTERACTION_CREATE', {
      id: '5',
      type: 3,
      token: 't',
      data: { custom_id: '||' },
      message: { id: '9' },
    })
    peer.gateway.dispatch('SOMETHING_NEW', { anything: true })
    await peer.someone(heron).write('still here', null)
    await expect.poll(() => talk(heard)).toContain('message still here')
    expect(host.failures).toEqual([])
    expect(logged.join('')).not.toContain('still here')
  })

  test('what is written to the hub is answered there, and files can be had after their link ran out', async () => {
    const { peer, connect, discord, heard } = await desk(async () => said('Added to AZ-0412.'))
    await connect()
    const person = peer.someone(heron)
    await person.write('and a photo', null, undefined, [
      { name: 'a.jpg', type: 'image/jpeg', bytes: Buffer.from('bytes') },
    ])
    await expect.poll(async () => (await person.direct()).map(one => one.text)).toContain('Added to AZ-0412.')
    const file = heard[0]?.type === 'message' ? heard[0].files[0] : undefined
    if (!file || !('source' in file)) throw new Error('no file came')
    const read = async () => {
      const signal = AbortSignal.timeout(5000)
      const stream = await discord.fetch?.(file.source, { bytes: 1000, signal })
      const chunks: Uint8Array[] = []
      for await (const chunk of stream ?? []) chunks.push(chunk)
      return Buffer.concat(chunks).toString()
    }
    expect(await read()).toBe('bytes')
    peer.expire(JSON.parse(file.source).id)
    expect(await read()).toBe('bytes')
    expect(peer.broken).toEqual([])
  })

  test('bots and webhooks are not heard', async () => {
    const { peer, connect, heard, discord } = await desk(quiet)
    await connect()
    const ref = await discord.post({ type: 'room', room: az }, card())
    await discord.post({ type: 'thread', under: ref }, line('the hub itself'))
    const other = { id: '650000000000000001', username: 'bridge', bot: true }
    const base = { channel_id: ref.id, guild_id: peer.world.guild, type: 0, timestamp: new Date().toISOString() }
    peer.gateway.dispatch('MESSAGE_CREATE', { ...base, id: '1', content: 'echo', author: other })
    const webhook = { ...base, id: '2', content: 'echo', webhook_id: '5', author: { id: '5', username: 'hook' } }
    peer.gateway.dispatch('MESSAGE_CREATE', webhook)
    await peer.someone(heron).write('a person', az, ref.id)
    await expect.poll(() => talk(heard)).toEqual(['message a person'])
  })

  test('what was written while the hub was away is read once it is back, in order, and nothing twice', async () => {
    const first = await desk(quiet)
    await first.connect()
    const { peer } = first
    const ref = await first.discord.post({ type: 'room', room: az }, card())
    const person = peer.someone(heron)
    await person.write('one', az, ref.id)
    await person.write('hello hub', null)
    await expect.poll(() => first.heard.length).toBe(2)
    await first.discord.stop()
    for (let number = 2; number <= 130; number++) await person.write(`${number}`, az, ref.id)
    await person.write('are you there', null)
    const second = await desk(quiet, { between: peer, remembered: first.host.remembered })
    await second.connect()
    await expect.poll(() => second.heard.length, { timeout: 5000 }).toBe(130)
    const inThread = second.heard.filter(one => one.room === az)
    expect(talk(inThread)).toEqual(Array.from({ length: 129 }, (_, index) => `message ${index + 2}`))
    expect(second.heard.filter(one => one.room === null)).toMatchObject([{ words: 'are you there' }])
    expect(second.host.noticed.size).toBe(0)
    expect(peer.broken).toEqual([])
  })

  test('what is too much to be read after an absence is told to coordinators', async () => {
    const first = await desk(quiet, { peer: { pace: 1000 } })
    await first.connect()
    const { peer } = first
    const ref = await first.discord.post({ type: 'room', room: az }, card())
    await peer.someone(heron).write('one', az, ref.id)
    await expect.poll(() => first.heard.length).toBe(1)
    await first.discord.stop()
    for (let number = 0; number < 2010; number++) await peer.someone(heron).write(`${number}`, az, ref.id)
    const second = await desk(quiet, { between: peer, remembered: first.host.remembered })
    await second.connect()
    await expect
      .poll(() => [...second.host.noticed.values()], { timeout: 20_000 })
      .toMatchObject([{ key: 'discord.gap' }])
    expect(second.heard).toHaveLength(2000)
    expect(peer.broken).toEqual([])
  }, 40_000)

  test('a session that ended takes no message with it, and neither does a cut line', async () => {
    const { peer, connect, discord, heard } = await desk(quiet)
    await connect()
    const ref = await discord.post({ type: 'room', room: az }, card())
    const person = peer.someone(heron)
    await person.write('before', az, ref.id)
    await expect.poll(() => heard.length).toBe(1)
    peer.gateway.cut()
    await person.write('while it was cut', az, ref.id)
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2)
    peer.gateway.invalidate()
    await person.write('in the gap', az, ref.id)
    await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(3)
    peer.gateway.reconnect()
    await person.write('asked to come back', az, ref.id)
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(4)
    expect(talk(heard)).toEqual(
      ['before', 'while it was cut', 'in the gap', 'asked to come back'].map(words => `message ${words}`),
    )
    expect(peer.broken).toEqual([])
  }, 40_000)

  test('a message that cannot be stored at once is stored later, and not counted as heard before', async () => {
    const { peer, connect, heard, host } = await desk(quiet)
    await connect()
    host.fail(new Error('the disk is full'))
    await peer.someone(heron).write('hello', null)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(host.kept).toHaveLength(0)
    host.fail(null)
    await expect.poll(() => talk(heard), { timeout: 3000 }).toEqual(['message hello'])
  })
})

describe('what Discord refuses', () => {
  test('a person who takes no direct messages is unreachable', async () => {
    const { peer, discord } = await desk(quiet)
    peer.world.closed.add(heron)
    const sent = discord.post({ type: 'direct', account: heron }, line('hello'))
    await expect(sent).rejects.toMatchObject({ permanent: true, because: 'unreachable' })
  })

  test('a missing permission names the channel and the permission; a channel that is gone says so', async () => {
    const { peer, discord } = await desk(quiet)
    peer.forbid(1n << 11n, az)
    const sent = discord.post({ type: 'room', room: az }, card())
    await expect(sent).rejects.toMatchObject({ permanent: true, message: expect.stringContaining('"Send Messages"') })
    peer.world.channels.delete(coordination)
    const gone = discord.post({ type: 'room', room: coordination }, card())
    await expect(gone).rejects.toMatchObject({ permanent: true, message: expect.stringContaining('gone from Discord') })
  })

  test('edits of an old message wait, then the card must be sent anew, with the same thread', async () => {
    const { peer, discord } = await desk(quiet)
    const ref = await discord.post({ type: 'room', room: az }, card())
    await discord.post({ type: 'thread', under: ref }, line('Claimed by Finch'))
    peer.age(ref.id)
    const edit = () =>
      discord.edit(ref, card('card:2')).then(
        () => 'edited',
        error => error,
      )
    expect(await edit()).toBe('edited')
    expect(await edit()).toMatchObject({ permanent: false, retryAfterMs: 20_000 })
    expect(await edit()).toMatchObject({ permanent: true, because: 'stale' })
    const anew = await discord.post({ type: 'room', room: az, replaces: ref }, card('card:AZ-0412:2'))
    expect(anew).toMatchObject({ room: az, thread: ref.id })
    const late = await discord.post({ type: 'thread', under: anew }, line('Calm now'))
    expect(late.room).toBe(ref.id)
    expect((await peer.room(az)).at(-1)?.text).toContain(`<#${ref.id}>`)
    expect((await peer.thread(az, anew.id)).map(one => one.text)).toEqual(['Claimed by Finch', 'Calm now'])
    expect(peer.broken).toEqual([])
  })

  test('a message that is gone must be sent anew', async () => {
    const { peer, discord } = await desk(quiet)
    const ref = await discord.post({ type: 'room', room: az }, card())
    peer.world.messages.delete(az)
    await expect(discord.edit(ref, card('card:2'))).rejects.toMatchObject({ because: 'stale' })
  })

  test('a card that was sent anew because the old was deleted gets a thread of its own', async () => {
    const { peer, discord } = await desk(quiet)
    const ref = await discord.post({ type: 'room', room: az }, card())
    peer.world.messages.delete(az)
    const anew = await discord.post({ type: 'room', room: az, replaces: ref }, card('card:AZ-0412:2'))
    const first = await discord.post({ type: 'thread', under: anew }, line('one'))
    const second = await discord.post({ type: 'thread', under: anew }, line('two'))
    expect([first.room, second.room]).toEqual([anew.id, anew.id])
    expect(await discord.find({ type: 'thread', under: anew }, 'line:two', 0)).toEqual(second)
    expect(peer.broken).toEqual([])
  })

  test('an incident whose post was deleted gets a new one', async () => {
    const { peer, discord } = await desk(quiet)
    const ref = await discord.post({ type: 'room', room: forum }, card())
    peer.world.channels.delete(ref.id)
    await expect(discord.edit(ref, card('card:2'))).rejects.toMatchObject({ permanent: true, because: 'stale' })
    const anew = await discord.post({ type: 'room', room: forum, replaces: ref }, card('card:AZ-0412:2'))
    expect(anew.room).toBe(anew.id)
    expect(anew.id).not.toBe(ref.id)
  })

  test.each(Object.entries(PermissionFlagsBits).filter(([name]) => Object.hasOwn(permissions, name)))(
    'without "%s" something fails: none is asked for that is not needed',
    async (_name, bit) => {
      const { peer, discord } = await desk(quiet)
      peer.forbid(bit)
      const work = async () => {
        const ref = await discord.post({ type: 'room', room: az }, card())
        await discord.post({ type: 'thread', under: ref }, line('Claimed by Finch'))
        await discord.find({ type: 'room', room: az }, 'card:AZ-0412:1', 0)
        const post = await discord.post({ type: 'room', room: forum }, card('card:AZ-0412:7'))
        await discord.edit(post, card('card:8', undefined, 'closed'))
        await discord.post({ type: 'room', room: az }, { ...line('The summary'), image })
        if (!(await peer.room(az)).at(-1)?.pictures) return 'without its picture'
        return peer.world.channels.get(post.id)?.thread_metadata?.locked
      }
      expect(await work().catch(() => 'failed')).not.toBe(true)
    },
  )

  test('where a server has too many threads, words stand in the room, and people are told', async () => {
    const { peer, discord, connect, host } = await desk(quiet)
    await connect()
    const ref = await discord.post({ type: 'room', room: az }, card())
    peer.most(0)
    await discord.post({ type: 'thread', under: ref }, line('Claimed by Finch'))
    expect((await peer.room(az)).at(-1)?.text).toBe('Claimed by Finch')
    expect([...host.noticed.values()]).toMatchObject([{ key: 'discord.many-threads' }])
    expect(peer.broken).toEqual([])
  })

  test('a burst into one channel is paced by what Discord tells, never by running into its limit', async () => {
    const { peer, discord } = await desk(quiet)
    const failed: unknown[] = []
    for (let number = 0; number < 8; number++) {
      const alarm = { ...line(`${number}`), urgent: true }
      await discord.post({ type: 'room', room: az }, alarm).catch(error => failed.push(error))
    }
    expect(failed).toHaveLength(3)
    for (const one of failed) expect(one).toMatchObject({ permanent: false, retryAfterMs: expect.any(Number) })
    expect(peer.broken).toEqual([])
  })

  test('what is not urgent is spread over what Discord lets through, and an alarm still finds a turn', async () => {
    const { peer, discord } = await desk(quiet)
    for (let number = 0; number < 5; number++) await discord.post({ type: 'room', room: az }, line(`${number}`))
    const begun = performance.now()
    await discord.post({ type: 'room', room: az }, { ...line('alarm'), urgent: true })
    expect(performance.now() - begun).toBeLessThan(2000)
    expect((await peer.room(az)).map(one => one.text)).toEqual(['0', '1', '2', '3', '4', 'alarm'])
    expect(peer.broken).toEqual([])
  }, 15_000)

  test('a refused token is told once, and delivery hears what to do', async () => {
    const { peer, discord, host, connect } = await desk(quiet)
    peer.refuseToken()
    await connect().catch(() => {})
    await expect.poll(() => [...host.noticed.keys()]).toEqual(['discord-token'])
    await expect(discord.post({ type: 'room', room: az }, line('hello'))).rejects.toMatchObject({
      message: expect.stringContaining('DISCORD_TOKEN'),
    })
    expect(discord.connection?.()).toMatchObject({ state: 'down' })
  }, 15_000)

  test('without the intent for content the hub still serves commands, and says what is missing', async () => {
    const { peer, host, connect, heard } = await desk(async () => said('You have it.'), { peer: { intents: 0 } })
    await connect()
    await peer.someone(heron).type('/claim AZ-0412', az)
    expect(heard).toHaveLength(1)
    expect([...host.noticed.values()]).toMatchObject([{ key: 'discord.no-content' }])
  })

  test('a gateway that does not let the hub in is tried again with growing pauses, by one client', async () => {
    const { peer, discord, host } = await desk(quiet)
    peer.gateway.refuse(true)
    await discord.start(host)
    await new Promise(resolve => setTimeout(resolve, 1500))
    expect(peer.gateway.identified).toHaveLength(0)
    expect(discord.connection?.().state).toBe('down')
    peer.gateway.refuse(false)
    // A login that nobody answers is given up after half a minute.
    await expect.poll(() => discord.connection?.().state, { timeout: 70_000 }).toBe('up')
    expect(peer.gateway.identified).toHaveLength(1)
  }, 80_000)
})
