import { describe, expect, test } from 'vitest'
import { describeAudience } from '../../../../workflows/broadcast/audience/describe.ts'
import { resolve } from '../../../../workflows/broadcast/audience/resolve.ts'
import { readAudience } from '../../../../workflows/broadcast/audience/typed.ts'
import type { Directory } from '../../../../workflows/directory.ts'
import type { PersonId } from '../../../../workflows/ids.ts'
import { say } from '../../../../workflows/text/say.ts'
import { reads, sampleDirectory } from '../network.ts'

const directory: Directory = {
  ...sampleDirectory(),
  duty: [{ person: 'Lark' as PersonId, until: Date.parse('2026-10-30T20:00:00Z') }],
}
const about = { now: Date.parse('2026-10-30T17:00:00Z'), urgency: 'routine' } as const

function meant(words: string): string {
  const read = readAudience(words, directory)
  if ('problem' in read) return `? ${say(read.problem, reads(directory))}`
  const found = resolve(read.audience, directory, about)
  const names = found.map(one => one.person ?? directory.rooms.find(room => room.id === one.room)?.name ?? '')
  return names.sort().join(' ')
}

function described(words: string, language: 'en' | 'es' = 'en'): string {
  const read = readAudience(words, directory)
  return 'problem' in read ? '?' : say(describeAudience(read.audience, directory), reads(directory, language))
}

describe('an audience as people type it', () => {
  test.each([
    ['everyone', 'Elk Fox Heron Ibis Lark Night Jar Owl Wren'],
    ['todas las personas', 'Elk Fox Heron Ibis Lark Night Jar Owl Wren'],
    ['AZ', 'Fox Ibis Lark Wren'],
    ['arizona', 'Fox Ibis Lark Wren'],
    ['New Mexico', 'Elk Lark Owl'],
    ['AZ coordinators', 'Fox'],
    ['coordinators in Arizona', 'Fox'],
    ['coordinadores en AZ', 'Fox'],
    ['coordinators and leaders', 'Fox Heron Owl'],
    ['AZ and NM', 'Elk Fox Ibis Lark Owl Wren'],
    ['AZ, NM mediators', 'Elk Ibis Wren'],
    ['AZ coordinators, NM leaders', 'Fox Owl'],
    ['everyone but AZ', 'Elk Heron Night Jar Owl'],
    ['todos menos coordinadores y dirigentes', 'Elk Ibis Lark Night Jar Wren'],
    ['AZ, but not mediators', 'Fox Lark'],
    ['AZ not on duty', 'Fox Ibis Wren'],
    ['de guardia', 'Lark'],
    ['AZ who speak Spanish', 'Fox Ibis Wren'],
    ['AZ only Signal', 'Fox Wren'],
    ['Arizona, only Signal, but not Wren', 'Fox'],
    ['@Heron', 'Heron'],
    ['heron, night jar', 'Heron Night Jar'],
    ['AZ and Heron', 'Fox Heron Ibis Lark Wren'],
    ['faith partners', 'Ibis'],
    ['aliados', 'Ibis'],
    ['rooms of AZ', 'C0AZ group.YXo9'],
    ['all rooms', '100 C0AZ C0OR group.YXo9'],
    ['salas de AZ y NM', '100 C0AZ group.YXo9'],
    ['AZ rooms', 'C0AZ group.YXo9'],
    ['Signal groups', 'group.YXo9'],
    ['AZ and rooms of AZ', 'C0AZ Fox Ibis Lark Wren group.YXo9'],
    ['rooms of AZ and coordinators', 'C0AZ Fox Heron group.YXo9'],
    ['#Leads', 'Leads'],
    ['coordination room', 'Coordination'],
    ['(AZ or NM) not (leaders or responders)', 'Elk Fox Ibis Wren'],
    ['AZ OR NM', 'Elk Fox Ibis Lark Owl Wren'],
    ['OR', 'Night Jar'],
    ['AZ, OR', 'Fox Ibis Lark Night Jar Wren'],
    ['slack & discord', 'Lark Night Jar'],
  ])('%s', (words, people) => expect(meant(words)).toBe(people))

  test.each([
    ['', '? Say who gets it: a region, a role, a language, on duty, partners, call signs, rooms.'],
    ['AZ coordinatrs', '? I do not know “coordinatrs”. Did you mean coordinators?'],
    [
      'AZ zzyzx',
      '? I do not know “zzyzx”. Use regions, roles, languages, tools, “on duty”, partners, call signs or rooms.',
    ],
    ['AZ and', '? Something is missing after “and”.'],
    ['not', '? Something is missing after “not”.'],
    ['AZ but', '? Something is missing after “but”.'],
    ['(AZ or NM', '? A bracket is open or closed by itself. Write, for example: (AZ or NM) not leaders.'],
    ['AZ) NM', '? A bracket is open or closed by itself. Write, for example: (AZ or NM) not leaders.'],
    ['and or', '? Something is missing after “and”.'],
    ['AZ,'.repeat(400), '? That is too much for one line. Leave some out, or pick from the list.'],
  ])('what cannot be read says why: %s', (words, problem) => expect(meant(words)).toBe(problem))

  test('what was typed is said back exactly, in both languages', () => {
    expect(described('AZ and NM coordinators not on duty')).toBe(
      'Arizona or New Mexico, only coordinators, but not on duty',
    )
    expect(described('AZ coordinators, NM leaders')).toBe('(Arizona, only coordinators) or (New Mexico, only leaders)')
    expect(described('everyone but AZ', 'es')).toBe('todas las personas menos Arizona')
    expect(described('AZ solo español y salas de AZ', 'es')).toBe(
      '(Arizona, solo quienes leen español) o las salas de Arizona',
    )
  })

  test('what is said back can be typed again and means the same', () => {
    for (const words of [
      'AZ and NM coordinators not on duty',
      'AZ coordinators, NM leaders',
      'rooms of AZ',
      'AZ and Heron',
    ]) {
      for (const language of ['en', 'es'] as const) expect(meant(described(words, language)), words).toBe(meant(words))
    }
  })
})
