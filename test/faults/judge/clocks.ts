import { leadership, summaryMinutes } from '../town.ts'
import { textsOn } from './lines.ts'
import type { Check } from './verdict.ts'

/** Clocks fired once, and every summary stands once in each room that gets it. */
export const clocks: Check = async (evidence, verdict) => {
  const { check } = verdict
  const all = await evidence.witness.timelines()
  let before = { incident: '' as string, seen: new Set<string>() }
  for (const { incident, seq, by, event } of all) {
    if (incident !== before.incident) before = { incident, seen: new Set() }
    // Whatever a person does, or a lapse, arms clocks anew.
    if (by !== null || event.type === 'claim-lapsed') {
      before.seen.clear()
      continue
    }
    if (!once.has(event.type)) continue
    const key = JSON.stringify(event)
    check('a clock fires once', !before.seen.has(key), () => `${incident} ${seq} ${event.type} again`)
    before.seen.add(key)
  }
  for (const tool of ['slack', 'discord'] as const) {
    const summaries = textsOn(evidence, tool, leadership[tool]).filter(text => text.startsWith('Situation report ·'))
    const windows = summaries.map(text => /\d\d:\d\d[^\n]* to [^\n]*/.exec(text)?.[0] ?? text)
    for (const window of new Set(windows)) {
      const times = windows.filter(one => one === window).length
      check('a summary stands once', times === 1, () => `${window} on ${tool} stands ${times} times`)
    }
    const least = Math.floor(evidence.size.spanMs / 60_000 / summaryMinutes) - 1
    check('summaries come', windows.length >= Math.min(least, 1), () => `${windows.length} on ${tool}`)
  }
}

const once = new Set([
  ...['unanswered', 'escalated', 'claim-warned', 'update-overdue', 'reporter-told', 'handover-expired'],
  ...['settled', 'closed'],
])
