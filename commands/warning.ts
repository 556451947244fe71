import { combine } from '../workflows/detect/level.ts'
import { servesRegion } from '../workflows/directory.ts'
import { actorSight } from '../workflows/sight.ts'
import { plain } from '../workflows/spoken.ts'
import { lineOf } from '../workflows/trigger/view.ts'
import { alarmNamed, decidesOn, maySeeRegion, regionNamed } from '../workflows/warning/named.ts'
import { alarmView, regionView, type WarningContext, warningsView } from '../workflows/warning/view.ts'
import type { Alarm } from '../workflows/warning.ts'
import { type Context, defineCommand, type Reply, shown, tell } from './command.ts'

const mostReports = 6

/** Shows how tense regions are, what makes them so, and one alarm with all that is needed to judge it. */
export const warning = defineCommand({
  name: 'warning',
  summary: 'command.warning',
  usage: 'usage.warning',
  permission: 'read',
  about: 'nothing',
  opens: 'work',
  private: true,
  subs: {
    ...{ dismiss: 'weigh dismiss', descartar: 'weigh dismiss', alert: 'weigh alert', alerta: 'weigh alert' },
    ...{ confirm: 'weigh alert', confirmar: 'weigh alert', calm: 'weigh calm', calma: 'weigh calm' },
    ...{ retirar: 'weigh calm' },
  },
  run: async ({ from, words, assumed }, context) => {
    const about = from === 'press' ? assumed.replace(/^see\./u, '') : words.trim()
    const alarm = about === '' ? null : await alarmOf(about, context)
    return alarm ? shown(alarmView(alarm, await reportsOf(alarm, context), contextOf(context))) : look(about, context)
  },
})

async function alarmOf(about: string, { read, actor }: Context): Promise<Alarm | null> {
  if (regionNamed(about, read.directory)) return null
  const alarm = await read.warnings.find(alarmNamed(about))
  return alarm && maySeeRegion(alarm.region, actor) ? alarm : null
}

async function look(about: string, context: Context): Promise<Reply> {
  const { read, actor, now } = context
  const all = everything.has(plain(about))
  const named = regionNamed(about, read.directory)
  const codes = read.directory.regions.map(region => region.code).filter(code => maySeeRegion(code, actor))
  const asked = codes.filter(code => (named ? code === named : all || servesRegion(actor, code)))
  if (about !== '' && !all && (!named || asked.length === 0)) {
    return tell('warning.unknown', { word: { words: about.slice(0, 60) } })
  }
  const standing = await read.warnings.standing(asked)
  const [only] = standing
  if (!only) return tell('warning.none')
  if (standing.length > 1) return shown(warningsView(standing, contextOf(context)))
  return shown(regionView(only, combine(only.alarms, only.alert, now).proposesAlert, contextOf(context)))
}

async function reportsOf(alarm: Alarm, { read, actor }: Context) {
  const known = await Promise.all(alarm.incidents.map(id => read.incidents.find(id)))
  return known
    .flatMap(one => (one && actorSight(one.incident, actor, read.directory) !== 'nothing' ? [one.incident] : []))
    .slice(0, mostReports)
    .map(incident => ({ id: incident.id, text: lineOf(incident, read) }))
}

function contextOf({ read, actor }: Context): WarningContext {
  return { directory: read.directory, taxonomy: read.taxonomy, decides: region => decidesOn(region, actor) }
}

const everything = new Set(['all', 'todo', 'todos', 'todas'])
