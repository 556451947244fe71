import { describe, expect, test } from 'vitest'
import { readEvent } from '../../../bot/slack/heard.ts'
import { commandName, nativeNames, slashName } from '../../../bot/slack/names.ts'
import { createPacer } from '../../../bot/slack/pace.ts'
import { readPress } from '../../../bot/slack/press.ts'
import { plainWords } from '../../../bot/slack/words.ts'
import { splitText } from '../../../workflows/text/split.ts'

describe('what people wrote in Slack', () => {
  test.each([
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['&amp;lt;', '&lt;'],
    ['ask <@U0FINCH> or <@U1|ben>', 'ask @… or @…'],
    ['<!channel> <!subteam^S1|@team> in <#C1|trust-az>', '@channel @… in #trust-az'],
    ['<https://example.org> and <https://example.org/a|this>', 'https://example.org and this (https://example.org/a)'],
    ['<mailto:a@example.org|a@example.org>', 'a@example.org'],
    ['at <!date^1793739720^{time}|14:02>', 'at 14:02'],
  ])('%s reads %s', (written, said) => {
    expect(plainWords(written)).toBe(said)
  })

  test('long words are parted after a sentence, and none is lost', () => {
    const long = `${'They came again. '.repeat(400)}${'x'.repeat(5000)}😀${'y'.repeat(3000)}`
    const parts = splitText(long, 3000)
    expect(parts.every(part => part.length <= 3000)).toBe(true)
    expect(parts.join('').replace(/\s/g, '')).toBe(long.replace(/\s/g, ''))
    expect(parts[0]).toMatch(/\.$/)
  })
})

describe('the names of commands', () => {
  test('keep out of Slack’s own way, and are known again', () => {
    expect([slashName('report'), slashName('join')]).toEqual(['report', 'hub-join'])
    expect(['/report', '/hub-join', '/hub', '/HUB-JOIN'].map(commandName)).toEqual(['report', 'join', 'hub', 'join'])
    expect(nativeNames('Type /join AZ-0412 or /claim; /invite me')).toBe('Type /hub-join AZ-0412 or /claim; /invite me')
  })
})

describe('events', () => {
  const said = { type: 'message', user: 'U1', ts: '1.2', text: 'hello', channel: 'C1', channel_type: 'channel' }

  test.each([
    ['of another app', { ...said, bot_id: 'B1' }],
    ['of Slack', { ...said, user: 'USLACKBOT' }],
    ['of a workflow', { ...said, subtype: 'bot_message' }],
    ['that somebody joined', { ...said, subtype: 'channel_join' }],
    ['without words', { ...said, text: '' }],
    ['without an author', { ...said, user: undefined }],
    ['that are hidden', { ...said, hidden: true }],
    ['of another kind', { type: 'reaction_added', user: 'U1' }],
    ['of no kind', null],
    ['with a strange time', { ...said, ts: 'yesterday' }],
  ])('%s mean nothing', (_, event) => {
    expect(readEvent(event)).toBeNull()
  })

  test('a root whose thread goes on is taken away, not changed', () => {
    const message = {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      ts: '1.2',
      text: 'This message was deleted.',
    }
    const event = {
      type: 'message',
      subtype: 'message_changed',
      channel: 'C1',
      message,
      previous_message: said,
      ts: '3.4',
    }
    expect(readEvent(event)).toMatchObject({ type: 'deleted', account: 'U1', ts: '1.2' })
  })

  test('a file that is taken out of a message is a change', () => {
    const before = { ...said, files: [{ id: 'F1' }] }
    const event = {
      type: 'message',
      subtype: 'message_changed',
      channel: 'C1',
      message: said,
      previous_message: before,
    }
    expect(readEvent(event)).toMatchObject({ type: 'edited', words: 'hello' })
  })
})

describe('a press', () => {
  const body = {
    user: { id: 'U1' },
    trigger_id: 't',
    container: { type: 'message', channel_id: 'C1', message_ts: '1.2' },
    message: { ts: '1.2', thread_ts: '1.2', blocks: [{ block_id: 'a' }] },
    actions: [{ action_id: 'press:b0', value: 'claim:AZ-1' }],
  }

  test('on a root whose thread goes on is one on the root; drawn anew it is another', () => {
    const press = readPress(body)
    expect(press?.message).toEqual({ room: 'C1', id: '1.2' })
    const anew = readPress({ ...body, message: { ...body.message, blocks: [{ block_id: 'b' }] } })
    expect(readPress(body)?.key).toBe(press?.key)
    expect(anew?.key).not.toBe(press?.key)
    expect(press?.key).not.toContain('U1')
  })

  test.each([
    ['no button', { ...body, actions: [] }],
    ['a button of another making', { ...body, actions: [{ action_id: 'x', value: 'claim:AZ-1' }] }],
    ['no value', { ...body, actions: [{ action_id: 'press:b0' }] }],
    ['a value that is too long', { ...body, actions: [{ action_id: 'press:b0', value: 'x'.repeat(300) }] }],
    ['nobody', { ...body, user: {} }],
    ['nothing', 'hello'],
  ])('of %s is none', (_, forged) => {
    expect(readPress(forged)).toBeNull()
  })
})

describe('the pace', () => {
  /** A pacer whose time passes only while somebody waits for it. */
  function paced() {
    const clock = { now: 0 }
    const pacer = createPacer(
      1,
      () => clock.now,
      async ms => {
        clock.now += ms
      },
    )
    return { clock, pacer }
  }

  test('lets a short burst through, then one a second for each channel', async () => {
    const { clock, pacer } = paced()
    for (let at = 0; at < 3; at++) await pacer.turn('post', 'C1')
    expect(clock.now).toBe(0)
    for (let at = 0; at < 10; at++) expect(await pacer.turn('post', 'C1')).toBe(0)
    expect(clock.now).toBe(10_000)
    expect(await pacer.turn('post', 'C2')).toBe(0)
    expect(clock.now).toBe(10_000)
  })

  test('keeps a part of every allowance for what is urgent', async () => {
    const { clock, pacer } = paced()
    for (let at = 0; at < 20; at++) await pacer.turn('post', 'C1')
    const calm = clock.now
    expect(await pacer.turn('post', 'C1', true)).toBe(0)
    expect(clock.now).toBe(calm)
  })

  test('sends away what would wait long, each to a time of its own; what is urgent comes before them', async () => {
    const { clock, pacer } = paced()
    await pacer.turn('post', 'C1')
    pacer.hold('C1', 5000)
    const late = [await pacer.turn('post', 'C1'), await pacer.turn('post', 'C1'), await pacer.turn('post', 'C1')]
    expect(late).toEqual([5000, 6000, 7000])
    expect(await pacer.turn('post', 'C1', true)).toBe(5000)
    clock.now += 5000
    expect(await pacer.turn('post', 'C1')).toBe(0)
  })

  test('never posts more than five a second in a workspace for long, over however many channels', async () => {
    const { clock, pacer } = paced()
    let posted = 0
    for (let at = 0; at < 600; at++) posted += (await pacer.turn('post', `C${at % 60}`)) === 0 ? 1 : 0
    expect(posted).toBe(600)
    expect(clock.now).toBeGreaterThan(((600 - 12) / 5) * 1000 - 1)
    expect(clock.now).toBeLessThan((600 / 5) * 1000)
  })

  test('holds a line for as long as Slack asks', async () => {
    const { clock, pacer } = paced()
    pacer.hold('chat.update', 30_000)
    expect(await pacer.turn('tier3', 'chat.update')).toBe(30_000)
    clock.now += 30_000
    expect(await pacer.turn('tier3', 'chat.update')).toBe(0)
  })
})
