import { afterAll, expect, test } from 'vitest'
import { createMedia } from '../../bot/media/media.ts'
import type { Answer } from '../../bot/platform.ts'
import { commands } from '../../commands/index.ts'
import { say } from '../../workflows/text/say.ts'
import { ground } from '../house.ts'
import { openTown, type Seat, seats } from './town.ts'

const media = createMedia()
afterAll(() => media.stop())

test('whoever guesses a number hears the same of an incident that is not theirs and of one that is none', async () => {
  const at = ground()
  const town = await openTown(at, media, async () => {})
  try {
    const [heron, osprey, crane] = ['Heron', 'Osprey', 'Crane'].map(name => seats.find(one => one.callsign === name))
    if (!heron || !osprey || !crane) throw new Error('somebody is missing')
    let asked = 0
    const origin = ({ platform, account }: Seat) =>
      ({ platform, account, key: `guess:${asked++}`, room: null, message: null, at: town.clock() }) as const
    const type = (seat: Seat, name: string, words: string) =>
      town.receive({ ...origin(seat), type: 'command', name, words })
    const opened = await type(heron, 'report', '')
    if (opened.reply.type !== 'form') throw new Error('no form')
    const values = { what: 'A long line', where: 'Phoenix, Arizona', danger: 'soon', contact: 'yes' }
    const { id: form } = opened.reply.form
    const sent = { type: 'submission', form, command: 'report', about: '', values, files: [] } as const
    await town.receive({ ...origin(heron), ...sent })
    // Stork coordinates Georgia, Finch answers in Arizona: neither is named.
    await type(crane, 'mark', 'AZ-0001 restricted')
    const known = await town.store.incidents.find('AZ-0001' as never)
    expect(known?.incident.visibility).toBe('restricted')

    const guessers = seats.filter(({ callsign }) => !['Heron', 'Crane'].includes(callsign))
    for (const seat of guessers) {
      for (const { name, about } of commands.filter(command => command.about !== 'nothing')) {
        const words = about === 'incident' ? ' calm' : ''
        const typed = await Promise.all(['AZ-0001', 'AZ-0999'].map(id => type(seat, name, `${id}${words}`)))
        expect(told(typed[0] as Answer), `${seat.callsign} ${name}`).toBe(told(typed[1] as Answer))
        const pressed = await Promise.all(
          ['AZ-0001', 'AZ-0999'].map(id => town.receive({ ...origin(seat), type: 'press', button: `${name}:${id}` })),
        )
        expect(told(pressed[0] as Answer), `${seat.callsign} pressing ${name}`).toBe(told(pressed[1] as Answer))
      }
    }
  } finally {
    await town.close()
    at.leave()
  }
})

function told({ reply, reader }: Answer): string {
  const text = 'phrase' in reply ? say(reply.phrase, reader) : JSON.stringify(reply)
  return text.replaceAll(/AZ-0(?:001|999)/g, 'AZ-….').replaceAll(/[0-9a-f]{8}\b/g, '')
}
