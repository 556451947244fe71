import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkMessage, listLines } from '../../../bot/cli/message.ts'
import { bundledMessages, loadMessages } from '../../../bot/messages.ts'

let folder: string
const now = Date.UTC(2026, 10, 1)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-messages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const rumour = `id: hours
situation: rumour
title: { en: Hours }
voice: { kinds: [faith], who: { en: A pastor } }
avoid: { en: Do not argue. }
claims: [{ says: { en: Open until 19:00 }, evidence: County office }]
wordings:
  - for: public
    fact: { en: Polls are open until 19:00. }
    warning: { en: Something else is being said. }
    why: { en: No county changed its hours. }
    again: { en: Polls are open until 19:00. }
`

test('a good file is shown as people read it', () => {
  const lines: string[] = []
  expect(checkMessage(join(bundledMessages, 'calm-call.yaml'), now, (...said) => void lines.push(...said))).toBe(true)
  const text = lines.join('\n')
  expect(text).toContain('calm-call.yaml is good.')
  expect(text).toContain('SAMPLE: two people of your network approve it in chat before it is used.')
  expect(text).toMatch(/For faith communities\n {2}en: \d+ characters\n {6}In these days/)
})

test('what is wrong is said by its line, field and reason', () => {
  const check = (text: string) => () => checkMessage(file('hours.yaml', text), now, () => {})
  expect(check(rumour)).not.toThrow()
  expect(check(rumour.replace('being said.', 'on https://x.com/a.'))).toThrow(
    /hours\.yaml:\d+ wordings\[0\]\.words\.en: A correction never carries a link/,
  )
  expect(check(rumour.replace(/ {4}why.*\n/, ''))).toThrow('Write words, or all of fact, warning, why and again')
  expect(check(rumour.replace('rumour', 'gossip'))).toThrow(/hours\.yaml:2 situation: "gossip" is not known/)
  expect(check(rumour.replace(/claims.*\n/, ''))).toThrow('must say where that was checked')
})

test("a network's own file stands in the place of the bundled one of that name, or beside it", () => {
  file('own.yaml', rumour.replace('id: hours', 'id: rumour-correction'))
  file('hours.yaml', rumour)
  const messages = loadMessages(folder)
  expect(messages.find(one => one.id === 'rumour-correction')?.message.title.en).toBe('Hours')
  expect(messages.map(one => one.id)).toEqual(expect.arrayContaining(['hours', 'calm-call']))
  expect(listLines(messages, Date.UTC(2028, 0, 1)).find(line => line.startsWith('calm-call'))).toContain(
    'SAMPLE · review day 2027-03-31 is over',
  )
  file('twice.yaml', rumour)
  expect(() => loadMessages(folder)).toThrow('twice.yaml:1 id: hours stands in hours.yaml, too.')
})
