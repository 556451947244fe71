import type { Line } from '../diary.ts'
import { rooms, tools } from '../town.ts'
import { type Check, type Evidence, holding } from './verdict.ts'

/** What people wrote under a card stands in the other rooms: once, in order, changed and taken back where they did. */
export const lines: Check = async (evidence, verdict) => {
  const { check, allow } = verdict
  const order = new Map<string, { readonly word: string; readonly seq: number }[]>()
  for (const line of evidence.diary.lines.values()) {
    const report = evidence.diary.filed.get(line.n)?.report
    const incident = report && holding(evidence, report.word)[0]
    if (!report || !incident || incident.mark === 'RED') continue
    const entries = await evidence.witness.store.incidents.timeline(incident.id, 500)
    const said = entries.find(({ words }) =>
      Object.values(words ?? {}).some(text => text.includes(line.former ?? line.word)),
    )
    const present = entries.some(({ words }) => Object.values(words ?? {}).some(text => text.includes(line.word)))
    const holds = (words: Readonly<Record<string, string>> | null) =>
      Object.values(words ?? {}).some(text => text.includes(line.word) || text.includes(line.former ?? line.word))
    const kept = entries.filter(({ words }) => holds(words)).map(({ seq, event }) => `${seq} ${event.type}`)
    const words = `${line.former ?? ''} ${line.word}${line.gone ? ', gone' : ''}`
    const which = `line of ${line.who} on ${line.tool} in ${incident.id} (${words}; entries: ${kept.join() || 'none'})`
    if (!said && !present && !line.gone) {
      if (line.tool === 'signal') allow('a line on Signal that nobody heard')
      else check('what is written is heard', false, () => which)
      continue
    }
    check('what is written is heard', true, () => which)
    const region = report.region
    for (const tool of tools.filter(one => one !== line.tool)) {
      const texts = textsOn(evidence, tool, rooms[region][tool])
      const times = texts.filter(text => text.includes(line.word)).length
      const old = line.former === null ? 0 : texts.filter(text => text.includes(line.former as string)).length
      const where = `${which} on ${tool}: ${times} times, as it was before ${old} times`
      if (tool === 'signal') {
        const flagged = texts.some(text => text.includes(line.word) && text.includes('You may get this twice'))
        check('a line stands at most twice on Signal, and says so', times < 2 || (times === 2 && flagged), () => where)
        if (times === 2) allow('a line twice on Signal after a lost answer, and it says so')
        if (times === 0) allow('a line on Signal that waits for a person, or stands in a digest')
        continue
      }
      const takenBack = !said || entries.some(({ event }) => event.type === 'unsaid' && event.of === said.seq)
      const heard = line.tool !== 'signal' || (line.gone ? takenBack : present)
      if (!heard) allow('a change on Signal that nobody heard')
      else if (line.gone) check('what is taken back is gone elsewhere', times === 0, () => where)
      else {
        const first = entries.find(one => said?.event.type === 'reworded' && one.seq === said.event.of) ?? said
        const carried = times === 1 ? '' : await evidence.witness.carried(incident.id, first?.seq ?? 0)
        const course = entries.map(({ seq, event }) => `${seq} ${event.type}`).join()
        check('a line stands once in each other room', times === 1, () => `${where}; ${course}; ${carried}`)
        check('what was changed is changed elsewhere', old === 0, () => where)
      }
      if (said && times === 1) {
        const key = `${incident.id} ${tool}`
        order.set(key, [...(order.get(key) ?? []), { word: line.word, seq: said.seq }])
      }
    }
  }
  for (const [key, found] of order) {
    const [id = '', tool = ''] = key.split(' ')
    const region = id.startsWith('GA') ? 'GA' : 'AZ'
    const texts = textsOn(evidence, tool as never, rooms[region][tool as 'slack'])
    const places = found
      .toSorted((one, other) => one.seq - other.seq)
      .map(({ word }) => texts.findIndex(text => text.includes(word)))
    const kept = places.every((place, at) => at === 0 || place > (places[at - 1] as number))
    check('lines stand in the order in which they were taken in', kept, () => `${key}: ${places.join()}`)
  }
}

/** Everything the hub wrote in a room and its threads, in order. */
export function textsOn({ stage }: Evidence, tool: Line['tool'], room: string): readonly string[] {
  return stage.written(tool, room)
}
