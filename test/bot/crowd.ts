import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { answerButton } from '../../workflows/headcount/press.ts'
import { readIncidentId } from '../../workflows/ids.ts'
import { ground, openHouse, readAnswer } from '../house.ts'

const many = 500

/** Five hundred people are asked in one commit, and answer in the same moment, half by press and half by word. */
export async function everybodyAnswers(url?: string): Promise<void> {
  const at = ground(url)
  const crowd = Array.from({ length: many }, (_, index) => `crowd-${index}`)
  const house = await openHouse(at, undefined, {
    adjust: network => ({
      ...network,
      people: [
        ...network.people,
        ...crowd.map((account, index) => {
          const like = network.people[0]
          if (!like) throw new Error('nobody is on the sample roster')
          return {
            ...like,
            name: `Sample Person – ${index}`,
            callsign: `Crowd ${index}`,
            accounts: [{ platform: 'workspace' as const, address: account }],
          }
        }),
      ],
    }),
  })
  try {
    const seen = { what: 'Shots', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }
    const id = readIncidentId(/[A-Z]{2}-\d{4}/.exec(readAnswer(await house.fill('heron', '/report', seen)))?.[0] ?? '')
    if (!id) throw new Error('no report')
    const began = performance.now()
    const asked = await house.only('magpie', `/protocol safe ${id} region`)
    expect(readAnswer(asked)).toContain(`${many + 4} people are being asked now`)
    const took = performance.now() - began
    const button = answerButton('safe', id, { run: 'hand', step: 'all' }, '1').id
    const origin = { platform: 'workspace', room: null, message: null, at: house.clock() } as const
    const answers = await Promise.all(
      crowd.map((account, index) => {
        const own = { ...origin, key: `crowd:${randomUUID()}`, account }
        return house.hub.receive(
          index % 2 === 0
            ? { ...own, type: 'press', button }
            : { ...own, type: 'message', words: index % 10 === 1 ? 'help' : 'ok', files: [] },
        )
      }),
    )
    const said = answers.map(readAnswer)
    const safe = said.filter(one => one.includes('You are counted as safe')).length
    const help = said.filter(one => one.includes('Your coordinators are being told now')).length
    expect([safe, help]).toEqual([450, 50])
    const found = await house.store.incidents.find(id)
    const count = found?.incident.counts?.all
    expect(Object.keys(count?.answers ?? {})).toHaveLength(many)
    expect(Object.keys(count?.help ?? {})).toHaveLength(50)
    expect(JSON.stringify(found?.incident).length).toBeLessThan(200_000)
    expect(took).toBeLessThan(10_000)
    const tally = readAnswer(await house.press('magpie', `tally:${id}:see`))
    expect(tally).toContain('504. Safe: 450. Need help: 50. No answer yet: 4.')
  } finally {
    await house.close()
    at.leave()
  }
}
