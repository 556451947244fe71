import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newFormId } from '../../../bot/asking.ts'
import { readCustom } from '../../../bot/discord/custom.ts'
import { renderModal } from '../../../bot/discord/modal.ts'
import { directCommands, serverCommands } from '../../../bot/discord/register.ts'
import { renderOne, renderView } from '../../../bot/discord/render.ts'
import { escapeText, sayText } from '../../../bot/discord/text.ts'
import { commands } from '../../../commands/index.ts'
import { phrase } from '../../../workflows/phrase.ts'
import { splitText } from '../../../workflows/text/split.ts'
import type { View } from '../../../workflows/view.ts'
import { readMessage } from '../../peers/discord/reading.ts'
import { commandFaults, messageFaults, modalFaults } from '../../peers/discord/rules.ts'
import type { Json, Message } from '../../peers/discord/world.ts'
import { reader } from './desk.ts'

const at = (text: string) => ({ type: 'text', text: { words: text } }) as const
const plain: View = { tone: 'plain', title: null, lines: [], buttons: [] }
const read = (bodies: ReturnType<typeof renderView>) =>
  bodies
    .map(body => readMessage({ components: [body], author: { bot: true }, content: '' } as unknown as Message).text)
    .join('\n')
const faults = (bodies: ReturnType<typeof renderView>) =>
  bodies.flatMap(body => messageFaults({ components: [body], flags: 1 << 15, allowed_mentions: { parse: [] } }))

describe('the words of people', () => {
  test('neither ping, nor link, nor hide, nor dress up', () => {
    expect(escapeText('@everyone @here')).toBe('@\u200beveryone @\u200bhere')
    expect(escapeText('<@123> <@&5> <#9> <t:1:R>')).toBe('\\<@123> \\<@&5> \\<#9> \\<t:1:R>')
    expect(escapeText('[here](https://evil.example)')).toBe('\\[here\\](https\\://evil.example)')
    expect(escapeText('**b** __u__ ~~s~~ ||x|| `c`')).toBe(
      '\\*\\*b\\*\\* \\_\\_u\\_\\_ \\~\\~s\\~\\~ \\|\\|x\\|\\| \\`c\\`',
    )
    expect(escapeText('# big\n- item\n1. one\n> quote\n-# small')).toBe(
      '\\# big\n\\- item\n1\\. one\n\\> quote\n\\-# small',
    )
    expect(escapeText('a\u202eb\u200bc\u2066d\u{e0041}e')).toBe('abcde')
    expect(escapeText('👩‍👧 ❤️')).toBe('👩‍👧 ❤️')
  })

  test('cannot stand in for a time', () => {
    const text = phrase('card.claimed', { person: 'Finch', until: { time: reader.now } })
    expect(sayText(text, reader)).toContain(`<t:${reader.now / 1000}:t>`)
    expect(sayText({ words: '\ue0000\ue001 <t:1:R>' }, reader)).toBe(' \\<t:1:R>')
  })

  test('of a day that is not today have the date with the time', () => {
    const text = phrase('card.claimed', { person: 'Finch', until: { time: reader.now + 86_400_000 } })
    expect(sayText(text, reader)).toContain(':f>')
  })

  test('read on Discord as they were typed, whatever they are', () => {
    const visible = fc.string({ unit: 'grapheme', maxLength: 300 }).filter(text => text === text.trim() && text !== '')
    fc.assert(
      fc.property(visible, words => {
        const shown = read(renderView({ ...plain, lines: [at(words)] }, reader))
        expect(shown.replaceAll('\u200b', '')).toBe(words.replace(ignorable, ''))
      }),
    )
  })
})

const ignorable = /(?!\u200c|\u200d|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu

describe('long views', () => {
  test('go on in further messages, cut after sentences, with nothing left out and the buttons under the last', () => {
    const sentences = Array.from({ length: 300 }, (_, number) => `Sentence *number* ${number} is here.`)
    const view: View = {
      ...plain,
      lines: [at(sentences.join(' '))],
      buttons: [{ id: 'mine', label: phrase('button.more') }],
    }
    const bodies = renderView(view, reader)
    expect(bodies.length).toBeGreaterThan(2)
    expect(faults(bodies)).toEqual([])
    expect(read(bodies).split(/\s+/).join(' ')).toBe(sentences.join(' '))
    expect(bodies.map(body => JSON.stringify(body).includes('custom_id'))).toEqual([
      ...bodies.map(() => false).slice(1),
      true,
    ])
  })

  test('with many things to press keep forty components a message and every id once', () => {
    const lines = Array.from({ length: 25 }, (_, number) => ({
      ...{ type: 'item', text: { words: `Item ${number}` } },
      button: { id: `more:AZ-${1000 + (number % 5)}`, label: phrase('button.more') },
    })) as View['lines']
    const bodies = renderView({ ...plain, lines }, reader)
    expect(faults(bodies)).toEqual([])
    expect(bodies).toHaveLength(2)
  })

  test('that must be one message say that they are shortened', () => {
    const view: View = { ...plain, lines: [at('a*'.repeat(1500)), at('b*'.repeat(800))] }
    const body = renderOne(view, reader, phrase('hub.shortened'))
    expect(faults([body])).toEqual([])
    expect(read([body])).toContain('shortened')
  })

  test('are cut anywhere without losing or breaking a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 4, max: 60 }), (text, most) => {
        const pieces = splitText(text, most)
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(most)
        for (const piece of pieces) expect(piece.isWellFormed()).toBe(text.isWellFormed() || piece.isWellFormed())
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })
})

describe('a card', () => {
  test('has the colour of its severity, the title first, and the buttons in rows of five', () => {
    const label = phrase('button.more')
    const buttons = Array.from({ length: 7 }, (_, number) => ({ id: `more:AZ-${number}`, label }))
    const [body] = renderView(
      { tone: 'S5', title: { words: 'S5' }, lines: [at('a'), { type: 'rule' }], buttons },
      reader,
    )
    expect(body?.accent_color).toBe(0x7f0000)
    expect(body?.components[0]).toMatchObject({ content: '### S5\na' })
    expect(body?.components.slice(2).map(row => (row as { components: unknown[] }).components.length)).toEqual([5, 2])
  })

  test('asks first where a button cannot be taken back', () => {
    const confirm = phrase('card.confirm-withdraw', { id: 'AZ-0412' })
    const button = { id: 'withdraw:AZ-0412', label: phrase('button.withdraw'), confirm }
    const [body] = renderView({ ...plain, lines: [at('a')], buttons: [button, button] }, reader)
    const ids = JSON.stringify(body).match(/"custom_id":"[^"]+"/g)
    expect(new Set(ids).size).toBe(2)
    for (const id of ids ?? []) {
      expect(readCustom(JSON.parse(`{${id}}`).custom_id)).toEqual({
        ...{ type: 'ask', button: 'withdraw:AZ-0412', key: 'card.confirm-withdraw' },
      })
    }
  })
})

describe('forms and commands', () => {
  test('every form in every language keeps the limits of a modal', () => {
    for (const command of commands) {
      for (const language of ['en', 'es'] as const) {
        if (!command.form) continue
        const fields = Object.entries(command.form.fields).map(([name, field]) => [
          name,
          'choices' in field && field.choices.length === 0
            ? { ...field, choices: [{ value: 'one', label: phrase('button.more') }] }
            : field,
        ])
        const form = { ...command.form, fields: Object.fromEntries(fields) }
        const about = 'ABCDE-123456789:mhqk3v2x'
        const open = { id: newFormId(Date.now()), command: command.name, about, form, values: {}, errors: {} }
        const modal = renderModal(
          { ...open, notice: phrase('form.draft', { time: { time: 1 } }) },
          { ...reader, language },
        )
        expect(modalFaults(modal as unknown as Json), command.name).toEqual([])
        expect(readCustom(modal.custom_id)).toEqual({ type: 'form', form: open.id, command: command.name, about })
      }
    }
  })

  test('everything that can be typed is registered within the limits, in two languages', () => {
    const server = serverCommands(commands)
    expect(commandFaults(server as unknown as Json[])).toEqual([])
    expect(commandFaults(directCommands(commands) as unknown as Json[])).toEqual([])
    const typed = commands.filter(command => command.usage !== undefined)
    expect(server.map(command => command.name)).toEqual([
      ...typed.map(command => command.name),
      'Make this a report',
      'Add to an incident',
    ])
    for (const command of server.slice(0, -2)) {
      expect((command as { description_localizations?: unknown }).description_localizations).toHaveProperty('es-419')
    }
  })

  test('ids that are nobody’s are none', () => {
    for (const id of ['', 'x y', '|', 'z|1', 'Claim:AZ-1']) expect(readCustom(id)).toBeNull()
  })
})
