import { describe, expect, test } from 'vitest'
import type { Answer } from '../../bot/platform.ts'
import { buttonsOf, type Ground, type House, openHouse, readAnswer } from '../house.ts'

const seen = {
  what: 'Three men with rifles slung, talking to voters in line. Call me at 602-555-0142.',
  where: 'corner by the Burton Barr library, Maricopa County, AZ',
  danger: 'hurt',
  contact: 'yes',
}

/**
 * The main job as a story, told over any engine: a report becomes a card, is claimed, worked, resolved, and summed
 * up.
 */
export function tellStory(engine: string, ground: () => Promise<Ground>): void {
  const inside = async (tell: (house: House, at: Ground) => Promise<void>) => {
    const at = await ground()
    const house = await openHouse(at)
    try {
      await tell(house, at)
    } finally {
      await house.close()
      at.leave()
    }
  }

  describe(`the main job on ${engine}`, () => {
    test('a report becomes a card in its region’s rooms, is claimed once, worked, resolved, told and summed up', () =>
      inside(async house => {
        await house.type('finch', '/duty on 8h')
        const received = await house.fill('heron', '/report', seen)
        const id = idOf(received)
        expect(readAnswer(received)).toContain(`Received as ${id}, Maricopa County, Arizona`)
        expect((await house.direct('heron')).join('\n')).toContain(`Received as ${id}`)

        const card = await house.card('az-response', id)
        const [shown] = await house.room('az-response')
        expect(shown).toMatch(/^S4 HIGH · AZ-/)
        expect(shown).toContain('Three men with rifles slung')
        expect(shown).toContain('[phone number]')
        expect((await house.room('az-signal'))[0]).toMatch(/^S4 ALTO/)
        expect(await house.room('ga-response')).toEqual([])
        expect((await house.direct('finch')).join('\n')).toContain('Can you take this now?')

        expect(readAnswer(await house.type('finch', `/claim ${id}`))).toContain(`${id} is yours until`)
        expect(readAnswer(await house.type('wren', `/claim ${id}`))).toContain('Finch')
        expect((await house.room('az-response'))[0]).toContain('Claimed by Finch until')
        expect((await house.direct('heron')).at(-1)).toContain(`Finch from the Arizona team is on ${id}`)

        await house.type('finch', `/update ${id} The poll manager asked them to step back. They did.`)
        await house.write('wren', 'I am two minutes away, by phone.', 'az-response', card)
        const thread = await house.thread(card)
        expect(thread.join('\n')).toContain('Finch: The poll manager asked them to step back.')

        const resolved = await house.type('finch', `/resolve ${id} calmed spoke with both sides`)
        expect(readAnswer(resolved)).toContain(id)
        await house.pass(2)
        expect((await house.room('az-response'))[0]).toMatch(/^RESOLVED/)
        expect((await house.direct('heron')).at(-1)).toContain(`${id} is closed`)

        const summary = readAnswer(await house.type('eagle', '/sitrep 24h'))
        expect(summary).toMatch(/not a count of all events/)
        expect(await house.store.outbox.counts()).toMatchObject({ waiting: 0, unknown: 0, failed: 0 })
        expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
      }))

    test('the same form sent twice is one report, with the same answer', () =>
      inside(async house => {
        const opened = await house.type('heron', '/report')
        if (opened.reply.type !== 'form') throw new Error('no form')
        const sent = {
          platform: 'workspace',
          account: 'heron',
          room: null,
          message: null,
          at: house.clock(),
          type: 'submission',
          form: opened.reply.form.id,
          command: 'report',
          about: '',
          values: seen,
          files: [],
        } as const
        const answers = await Promise.all([1, 2, 3].map(n => house.send({ ...sent, key: `trigger-${n}` })))
        expect(new Set(answers.map(readAnswer)).size).toBe(1)
        expect(await house.room('az-response')).toHaveLength(1)
        expect((await house.direct('heron')).filter(line => line.includes('Received'))).toHaveLength(1)
      }))

    test('of twenty who claim at once exactly one has it, and the others read who', () =>
      inside(async house => {
        const id = idOf(await house.fill('heron', '/report', seen))
        const people = ['finch', 'wren', 'magpie', 'owl']
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, n) => house.type(people[n % 4] as string, `/claim ${id}`)),
        )
        const winners = new Set(answers.map(readAnswer).filter(text => /is yours until|es suyo hasta/.test(text)))
        expect(winners.size).toBeGreaterThan(0)
        const claims = (await house.store.incidents.timeline(id as never, 100)).filter(
          one => one.event.type === 'claimed',
        )
        expect(claims).toHaveLength(1)
      }))

    test('nobody answers an S4: coordinators are called, the reporter is told once, then somebody takes it', () =>
      inside(async house => {
        await house.type('finch', '/duty on 8h')
        const id = idOf(await house.fill('heron', '/report', seen))
        await house.pass(11)
        expect((await house.direct('magpie')).join('\n')).toContain('Nobody has taken this since')
        const told = (await house.direct('heron')).filter(line => line.includes(`Nobody has taken ${id} yet`))
        expect(told).toHaveLength(1)
        await house.pass(10)
        expect((await house.direct('owl')).join('\n')).toContain(id)
        await house.type('wren', `/claim ${id}`)
        const before = (await house.direct('owl')).length
        await house.pass(15)
        expect((await house.direct('owl')).length).toBe(before)
      }))

    test('a claim without a sign of life is warned of, lapses, and is offered again', () =>
      inside(async house => {
        const id = idOf(await house.fill('heron', '/report', { ...seen, danger: 'soon' }))
        await house.type('finch', `/claim ${id}`)
        await house.pass(97)
        expect((await house.direct('finch')).at(-1)).toContain('goes back to the pool')
        await house.pass(30)
        expect((await house.room('az-response'))[0]).toContain('Nobody is on it.')
        expect((await house.thread(await house.card('az-response', id))).join('\n')).toContain('no sign of life')
      }))

    test('after a restart everything stands, what fell due happens late and once, and nothing is said twice', () =>
      inside(async (house, at) => {
        const id = idOf(await house.fill('heron', '/report', seen))
        await house.close()
        const later = await openHouse(at, house.clock() + 25 * 60_000)
        try {
          await later.pass(1)
          await later.pass(1)
          const told = (await later.direct('heron')).filter(line => line.includes(`Nobody has taken ${id} yet`))
          expect(told).toHaveLength(1)
          expect((await later.room('az-response')).filter(line => line.includes(id))).toHaveLength(1)
          expect(readAnswer(await later.type('finch', `/claim ${id}`))).toContain('is yours until')
        } finally {
          await later.close()
        }
      }))

    test('the daily summary is posted once for its window, also when the hub was down at the hour', () =>
      inside(async (house, at) => {
        await house.fill('heron', '/report', seen)
        await house.close()
        const later = await openHouse(at, house.clock() + 26 * 60 * 60_000)
        try {
          await later.pass(3)
          const posted = (await later.room('leadership')).filter(text => text.includes('Late:'))
          expect(posted).toHaveLength(1)
        } finally {
          await later.close()
        }
      }))
  })
}

function idOf(answer: Answer): string {
  const found = /[A-Z]{2,5}-\d{4,}/.exec(readAnswer(answer))
  if (!found) throw new Error(`no incident in: ${readAnswer(answer)} ${JSON.stringify(buttonsOf(answer))}`)
  return found[0]
}
