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
  test('lets a short burst through, then sends away what would wait, each to a time of its own', async () => {
    let now = 0
    const pacer = createPacer(1, () => now)
    const waits: number[] = []
    for (let at = 0; at < 4; at++) waits.push(await pacer.turn('post', 'C1'))
    expect(waits).toEqual([0, 0, 0, 0])
    now += 1
    await pacer.turn('post', 'C1')
    const late = [await pacer.turn('post', 'C1'), await pacer.turn('post', 'C1'), await pacer.turn('post', 'C1')]
    expect(late[0]).toBeGreaterThan(1000)
    expect((late[1] ?? 0) - (late[0] ?? 0)).toBe(1000)
    expect(await pacer.turn('post', 'C2')).toBe(0)
    now += 10_000
    expect(await pacer.turn('post', 'C1')).toBe(0)
  })

  test('holds a line for as long as Slack asks', async () => {
    let now = 0
    const pacer = createPacer(1, () => now)
    pacer.hold('chat.update', 30_000)
    expect(await pacer.turn('tier3', 'chat.update')).toBe(30_000)
    now += 30_000
    expect(await pacer.turn('tier3', 'chat.update')).toBe(0)
  })
})
