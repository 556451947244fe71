import { backlog } from '../workflows/backlog.ts'
import { type Directory, onDuty } from '../workflows/directory.ts'
import type { Actor } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { readHours, readSwitch } from '../workflows/spoken.ts'
import { type Button, buttonId, plainView } from '../workflows/view.ts'
import { defineCommand, tell } from './command.ts'

const hour = 3_600_000
const usual = 8
const longest = 24

/** Says that a person can be called, for some hours, and hears what waits; or no longer; or who can be now. */
export const duty = defineCommand({
  name: 'duty',
  summary: 'command.duty',
  usage: 'usage.duty',
  permission: 'work',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, { read, actor, now }) => {
    // A button says "on" or "off", a dot, and how things stood, so that it counts once each time it is shown anew.
    const words = request.from === 'press' ? (request.assumed.split('.')[0] ?? '') : request.words
    const asked = readSwitch(words) ?? (readHours(words) ? { value: 'on' as const, rest: words } : null)
    if (!asked && words.trim() !== '') return tell('reply.duty-unknown')
    if (!asked) return standing(read.directory, actor, now)
    const person = actor.id
    if (asked.value === 'off') {
      return { type: 'do', action: { type: 'duty', person, until: null }, say: () => tell('reply.duty-off') }
    }
    const hours = asked.rest.trim() === '' ? usual : readHours(asked.rest)?.value
    if (hours === undefined || hours < 1 || hours > longest) return tell('reply.duty-hours', { count: longest })
    const until = now + hours * hour
    const off: Button = { id: buttonId('duty', '', `off.${until.toString(36)}`), label: phrase('reply.button-off') }
    const on = plainView([phrase('reply.duty-on', { until: { date: until } })])
    const { lines, buttons } = await backlog(read, actor, until, now)
    return {
      type: 'do',
      action: { type: 'duty', person, until },
      say: () => ({
        type: 'view',
        private: true,
        view: { ...on, lines: [...on.lines, ...lines], buttons: [...buttons, off] },
      }),
    }
  },
})

function standing(directory: Directory, actor: Actor, now: number) {
  const own = directory.duty.find(one => one.person === actor.id && one.until > now)
  const lines = directory.regions
    .filter(region => actor.regions === 'all' || actor.regions.includes(region.code))
    .map((region): Phrase => {
      const people = onDuty(directory, region.code, now).map(person => ({ person: person.id }))
      return people.length > 0
        ? phrase('reply.duty-region', { region: region.name, people })
        : phrase('reply.duty-region-none', { region: region.name })
    })
  const first = own ? phrase('reply.duty-is-on', { until: { date: own.until } }) : phrase('reply.duty-is-off')
  const assumed = (own?.until ?? now).toString(36)
  const button: Button = own
    ? { id: buttonId('duty', '', `off.${assumed}`), label: phrase('reply.button-off') }
    : { id: buttonId('duty', '', `on.${assumed}`), label: phrase('reply.button-on') }
  return { type: 'view' as const, view: plainView([first, ...lines], [button]), private: true }
}
