import { expect } from 'vitest'
import { eventually, openMachines, rooms } from '../machines.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'
import type { HubProcess } from '../process.ts'

const server = usePostgres()

/** The next minute that is at least so many ms away, as a clock in Phoenix shows it. */
function minuteIn(ms: number): string {
  const at = new Date(Math.ceil((Date.now() + ms) / 60_000) * 60_000)
  return at.toLocaleTimeString('en-GB', { timeZone: 'America/Phoenix', hour: '2-digit', minute: '2-digit' })
}

needs(postgresNeed()).test(
  'a summary and its picture stand once, though the hub that sends them is killed in the middle of it',
  async () => {
    const daily = { name: 'daily', at: minuteIn(25_000), to: 'coordination', region: 'all' }
    const net = await openMachines(await server().fresh(), { more: { summaries: [daily] } })
    try {
      await net.start()
      await net.start()
      await eventually(10_000, () => net.holder('sending:slack'), Boolean)
      net.slack.faults.on('chat.postMessage', { type: 'slow', ms: 1_500 }, 2)
      const tried = async () => net.tries('coordination')
      await eventually(100_000, tried, tries => tries > 0)
      const first = (await net.holder('sending:slack')) as HubProcess
      first.signal('SIGKILL')
      const room = () => net.slack.room(rooms.coordination)
      const summaries = async () => (await room()).filter(seen => seen.text.includes('Situation report'))
      await eventually(60_000, summaries, found => found.length > 0)
      const [one] = await summaries()
      const beneath = () => net.slack.thread(rooms.coordination, one?.id ?? '')
      await eventually(60_000, beneath, found => found.some(seen => seen.text.includes('details')))
      expect(await summaries()).toHaveLength(1)
      expect((await room()).flatMap(seen => seen.pictures ?? [])).toHaveLength(1)
      expect((await beneath()).filter(seen => seen.text.includes('Situation report, details'))).toHaveLength(1)
      expect(net.slack.broken).toEqual([])
    } finally {
      await net.close()
    }
  },
  240_000,
)
