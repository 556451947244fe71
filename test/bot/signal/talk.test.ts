import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answer } from '../../../bot/platform.ts'
import { PlatformError } from '../../../workflows/errors.ts'
import { phrase } from '../../../workflows/phrase.ts'
import { plainView } from '../../../workflows/view.ts'
import { ground } from '../../house.ts'
import { openPhones, type Phones, picture, type Who } from './phones.ts'

let at: ReturnType<typeof ground>
let phones: Phones

beforeEach(async () => {
  at = ground()
  phones = await openPhones(at)
})

afterEach(async () => {
  await phones.close()
  at.leave()
})

/** A report in one line and a yes; gives the card that the group sees. */
async function reported(line = 'armed men outside the library, 85004 !4 #AR-1', who: Who = 'heron') {
  await phones.write(who, `/report ${line}`)
  await phones.write(who, '1')
  return lastCard()
}

function lastCard() {
  const card = phones.inGroup().findLast(one => one.text.includes('Reply to this message with a number'))
  if (!card) throw new Error('there is no card in the group')
  return card
}

function written(words: string) {
  return { type: 'text', words, quote: null, files: [], mentioned: false, once: false } as const
}

it('what takes long to save is said to be being saved, and then how it ended', async () => {
  const ended = Promise.withResolvers<Answer>()
  const reader = { language: 'en', zone: 'UTC', now: 0, person: () => null } as const
  const said = (words: string): Answer => {
    return { reply: { type: 'view', private: true, view: plainView([{ words }]) }, reader }
  }
  phones.answer(() => ({ ...said('I am saving this.'), later: ended.promise }))
  const written = phones.write('heron', '/mine')
  const seen = () => phones.with('heron').map(one => one.text)
  await expect.poll(seen).toEqual(['I am saving this.'])
  ended.resolve(said('Nothing is yours.'))
  await written
  expect(seen()).toEqual(['I am saving this.', 'Nothing is yours.'])
})

describe('a report', () => {
  it('takes five short messages, and is shown back before it is sent', async () => {
    const written = ['/report', 'Two men with rifles at the library, Phoenix', '3', '1', '1']
    for (const words of written) await phones.write('heron', words)
    const asked = phones.with('heron').map(one => one.text.split('\n')[0])
    expect(asked.slice(0, 4)).toEqual([
      'What happened?',
      'Is anyone in danger now?',
      'May I write to you here?',
      'Report',
    ])
    expect(phones.last('heron')).toContain('Received as AZ-0001, Maricopa County, Arizona.')
    expect(await phones.incident()).toMatchObject({ severity: 3, kindGuessed: true })
  })

  it('is one line for the trained, told back for a yes', async () => {
    await phones.write('heron', '/report armed men outside the library, 85004 !4 #AR-1')
    expect(phones.last('heron')).toMatchInlineSnapshot(`
      "Report
      Kind: Armed group or person present. In danger now: call 911.
      What happened? armed men outside the library
      Where? the library, 85004
      Is anyone in danger now? Someone is hurt or directly threatened
      May I write to you here? Yes
      Photos, voice, video: none yet. Send them now, if you have any.
      Is this right?
      1 Send
      2 Change something
      3 Cancel"
    `)
    await phones.write('heron', 'yes')
    expect(await phones.incident()).toMatchObject({ severity: 4, kind: 'AR-1', kindGuessed: false })
    await phones.write('heron', 'yes')
    expect(await phones.incident('AZ-0002')).toBeNull()
  })

  it('answered twice is sent once, and no number is carried to the team', async () => {
    await phones.write('heron', '/report a crowd, Mesa !2')
    const asked = phones.with('heron').at(-1)
    if (!asked) throw new Error('nothing was asked')
    await phones.write('heron', '1', { quote: phones.quote(asked) })
    await phones.write('heron', '1', { quote: phones.quote(asked) })
    expect(phones.last('heron')).toContain('Nothing waits for that number: it is settled already.')
    expect(
      phones
        .inGroup()
        .map(one => one.text)
        .join('\n'),
    ).not.toContain('Heron adds')
  })

  it('begun before others goes on alone, with the words taken over', async () => {
    await phones.say('heron', '/report shots at the fair, Tempe')
    expect(phones.inGroup()).toEqual([])
    expect(phones.last('heron')).toMatch(/^Is anyone in danger now\?\nOthers there saw that\. Go on with me alone\./)
  })

  it('takes pictures on the way, also those that come with the command', async () => {
    await phones.write('heron', '/report a fire, Mesa !3', { files: [picture] })
    expect(phones.last('heron')).toContain('Photos, voice, video: 1 file')
    await phones.write('heron', '', { files: [{ ...picture, source: 'q.jpg' }] })
    await phones.write('heron', '1')
    expect((await phones.incident())?.awaited).toMatchObject({ photo: 2 })
  })

  it('heard twice counts once, also when the hub was started anew in between', async () => {
    await phones.write('heron', '/report a crowd, Mesa !2')
    const yes = await phones.write('heron', '1')
    const said = phones.bubbles.length
    await phones.hear(yes)
    await phones.close()
    phones = await openPhones(at, phones.bubbles, phones.clock())
    await phones.hear(yes)
    expect(phones.bubbles).toHaveLength(said)
    expect(await phones.incident('AZ-0002')).toBeNull()
  })

  it('left half-way is asked about after hours and a restart, and nothing written since is lost', async () => {
    await phones.write('heron', '/report')
    await phones.write('heron', 'A crowd gathers')
    phones.skip(180)
    await phones.close()
    phones = await openPhones(at, phones.bubbles, phones.clock())
    await phones.write('heron', 'in Mesa, by the church')
    expect(phones.last('heron')).toBe('Go on with your report from 12:00?\n1 Yes\n2 Start anew\n3 Cancel')
    await phones.write('heron', '1')
    expect(phones.last('heron')).toContain('Is anyone in danger now?')
    await phones.write('heron', '/report')
    expect(phones.last('heron')).toContain('Go on with your report from')
    await phones.write('heron', '3')
    await phones.write('heron', 'hello')
    expect(phones.last('heron')).toContain('To report something')
  })

  it('waits while a command is answered, and is asked again behind the answer', async () => {
    await reported('a crowd, Mesa !2')
    await phones.write('finch', '/report')
    await phones.write('finch', 'claim AZ-0001')
    const [answer, question] = phones.with('finch').slice(-2)
    expect(answer?.text).toContain('AZ-0001 is yours until')
    expect(question?.text).toMatch(/^What happened\?\nThis still waits for you:/)
    await phones.write('finch', 'Shouting at the fair, Tempe')
    expect(phones.last('finch')).toContain('Is anyone in danger now?')
  })

  it('is put right by changing the message that answered, and forgets what was taken back', async () => {
    await phones.write('heron', '/report')
    const what = await phones.write('heron', 'Two man')
    await phones.hear(phones.frame('heron', { type: 'edit', target: what.at, words: 'Two men' }))
    expect(phones.last('heron')).toMatch(/^Where\?/)
    await phones.hear(phones.frame('heron', { type: 'deletion', target: what.at }))
    expect(phones.last('heron')).toMatch(/^What happened\?/)
    expect(phones.last('heron')).not.toContain('Two men')
  })

  it('that was sent is not put right or taken back by changing a message, and whoever tries is told how', async () => {
    await phones.write('heron', '/report')
    const what = await phones.write('heron', 'a crowd, Mesa !2')
    await phones.write('heron', '1')
    await phones.hear(phones.frame('heron', { type: 'edit', target: what.at, words: 'a small crowd' }))
    expect(phones.last('heron')).toContain('Write anew what should be different.')
    await phones.hear(phones.frame('heron', { type: 'deletion', target: what.at }))
    expect(phones.last('heron')).toContain('To take a report back, write withdraw')
    expect(await phones.incident()).toMatchObject({ status: 'reported' })
  })

  it('of somebody unknown is refused politely', async () => {
    await phones.write('nobody', '/report fire')
    expect(phones.last('nobody')).toContain('You are not on this network’s roster')
  })
})

describe('a card in a group', () => {
  it('is claimed by its number in a quote, by a raised hand, by number and id, and by a command', async () => {
    const ways: ((
      card: { readonly room: string; readonly at: number; text: string },
      id: string,
    ) => Promise<unknown>)[] = [
      card => phones.say('finch', '1', { quote: phones.quote(card) }),
      card => phones.react('finch', '✋🏾', card),
      (_, id) => phones.write('finch', `1 ${id}`),
      (_, id) => phones.say('finch', `/claim ${id}`),
      (_, id) => phones.write('finch', `claim ${id.toLowerCase()}`),
      card => phones.say('finch', '/claim', { quote: phones.quote(card) }),
      card => phones.say('finch', 'claim', { quote: phones.quote(card) }),
    ]
    const what = [
      'shouting',
      'a fire',
      'a parked truck',
      'leaflets',
      'a broken window',
      'a rumour of fraud',
      'a long line',
    ]
    for (const [index, way] of ways.entries()) {
      const id = `AZ-000${index + 1}`
      const card = await reported(`${what[index]}, Mesa !3`)
      await way(card, id)
      expect((await phones.incident(id))?.status, `way ${index}`).toBe('claimed')
      expect(phones.last('finch')).toContain(`${id} is yours until`)
    }
    expect(phones.inGroup().some(one => one.text.includes('is yours until'))).toBe(false)
  })

  it('keeps the meaning of its numbers: a late 1 is told how things stand', async () => {
    const card = await reported()
    await phones.say('finch', '1', { quote: phones.quote(card) })
    expect(card.text).toContain('2 join · 3 update · 4 hand over · 5 escalate · 6 resolve · 8 more')
    await phones.say('wren', '1', { quote: phones.quote(card) })
    expect(phones.last('wren')).toContain('Finch')
    expect((await phones.incident())?.claim?.by).toBeDefined()
    await phones.say('finch', '6', { quote: phones.quote(card) })
    expect(phones.last('finch')).toMatch(/^What came of it\?\n1 Calm was restored/)
  })

  it('takes a number alone only while one card stands open; else it asks in private', async () => {
    await reported('a crowd, Mesa !3')
    await phones.say('wren', '8')
    expect(phones.last('wren')).toContain('AZ-0001')
    await reported('shots at the fair, Tempe !3')
    await phones.say('finch', '1')
    expect(phones.last('finch')).toMatch(/^Which one do you mean\?/)
    expect(phones.last('finch')).toMatch(/2 Claim \(.*AZ-0002/)
    await phones.write('finch', '2')
    expect(await phones.incident('AZ-0002')).toMatchObject({ status: 'claimed' })
    expect(await phones.incident('AZ-0001')).toMatchObject({ status: 'reported' })
  })

  it('asks back in private what other signs mean, and says nothing to who may not', async () => {
    const card = await reported()
    await phones.react('finch', '✅', card)
    expect(phones.last('finch')).toMatch(/^Resolve AZ-0001\? Reply with an outcome\..*\n\n1 Calm was restored/)
    expect(await phones.incident()).toMatchObject({ status: 'reported' })
    const before = phones.with('heron').length
    await phones.react('heron', '✅', card)
    await phones.react('finch', '👍', card)
    expect(phones.with('heron')).toHaveLength(before)
    await phones.react('finch', '⬆️', card)
    expect(phones.last('finch')).toMatch(/^Escalate AZ-0001\?/)
    await phones.react('finch', '✋', card)
    await phones.react('finch', '✅', card)
    await phones.write('finch', '1')
    expect(await phones.incident()).toMatchObject({ status: 'resolved', outcome: 'calmed' })
  })

  it('is not given back by taking the hand away, and says how it is', async () => {
    const card = await reported()
    await phones.react('finch', '✋', card)
    await phones.react('finch', '✋', card, true)
    expect(await phones.incident()).toMatchObject({ status: 'claimed' })
    expect(phones.last('finch')).toContain('that changes nothing. To give AZ-0001 back, write: release AZ-0001')
    await phones.write('finch', 'release AZ-0001')
    expect(await phones.incident()).toMatchObject({ status: 'reported' })
  })

  it('is meant by what is put on, or written under, a line of the hub that belongs to it', async () => {
    const card = await reported()
    await phones.react('finch', '✋', card)
    await phones.write('finch', 'release AZ-0001')
    const line = phones.inGroup().findLast(one => !one.text.includes('AZ-0001 ·'))
    expect(line?.text).toContain('Finch')
    await phones.say('wren', 'Yo puedo llamar', { quote: phones.quote(line as never) })
    const [said] = (await phones.store.incidents.timeline('AZ-0001' as never, 20)).slice(-1)
    expect(said).toMatchObject({ event: { type: 'said' }, words: { text: 'Yo puedo llamar' } })
    await phones.react('wren', '✋', line as never)
    expect(await phones.incident()).toMatchObject({ status: 'claimed' })
  })

  it('is known by the hub itself when it is older than what is remembered of it here', async () => {
    const card = await reported()
    await phones.store.memory.set('signal', `shown:${card.room}/+12025550100.${card.at}`, null, phones.clock())
    await phones.say('finch', '1', { quote: phones.quote(card) })
    expect(await phones.incident()).toMatchObject({ status: 'claimed' })
  })

  it('does not do again what stands in a message that is changed', async () => {
    await reported()
    const claim = await phones.say('finch', '/claim AZ-0001')
    await phones.say('finch', '/release AZ-0001')
    await phones.hear(
      phones.frame('finch', { type: 'edit', target: claim.at, words: '/claim AZ-0001 !', group: phones.group }),
    )
    expect(await phones.incident()).toMatchObject({ status: 'reported' })
  })

  it('hears what quotes it, and leaves alone what people say to each other', async () => {
    const card = await reported()
    await phones.say('finch', 'On the phone with the poll manager', { quote: phones.quote(card) })
    await phones.say('finch', 'lunch anyone?')
    const entries = await phones.store.incidents.timeline('AZ-0001' as never, 20)
    const said = entries.filter(({ event }) => event.type === 'said').map(({ words }) => words?.text)
    expect(said).toEqual(['On the phone with the poll manager'])
    expect(phones.inGroup().filter(one => one.text.includes('poll manager'))).toEqual([])
  })
})

describe('alone with the hub', () => {
  it('a number answers what the hub said last', async () => {
    await reported()
    await phones.write('heron', '4')
    expect(phones.last('heron')).toMatch(/^Take back AZ-0001\?.*\n\n1 Yes\n2 No/s)
    await phones.write('heron', '2')
    expect(phones.last('heron')).toBe('Left as it is.')
    expect(await phones.incident()).toMatchObject({ status: 'reported' })
  })

  it('a quote of an old list still means what stood there', async () => {
    await reported('a crowd, Mesa !2')
    const receipt = phones.with('heron').at(-1)
    await reported('shots at the fair, Tempe !2')
    await phones.write('heron', '4', { quote: phones.quote(receipt as never) })
    expect(phones.last('heron')).toContain('Take back AZ-0001?')
    await phones.write('heron', '17', { quote: phones.quote(receipt as never) })
    expect(phones.last('heron')).toContain('You can write: 1, 2, 3, 4.')
    await phones.write('heron', '2', { quote: { author: '+12025550100', at: 5 } })
    expect(phones.last('heron')).toContain('I no longer know')
  })

  it('an alarm that comes while a question waits is not answered by accident', async () => {
    await phones.write('finch', '/duty on')
    await phones.write('finch', '/report')
    await phones.write('finch', 'A crowd, Mesa')
    expect(phones.last('finch')).toContain('Is anyone in danger now?')
    await reported()
    expect(phones.last('finch')).toContain('1 claim')
    await phones.write('finch', '1')
    expect(phones.last('finch')).toMatchInlineSnapshot(`
      "Which one do you mean?

      1 Claim (S4 HIGH · AZ-0001 · Armed group or person present)
      2 It answers my question: Is anyone in danger now?
      Reply to this message with a number."
    `)
    await phones.write('finch', 'claim')
    expect(phones.last('finch')).toMatch(/^Which one do you mean/)
    await phones.write('finch', '1')
    expect(await phones.incident()).toMatchObject({ status: 'claimed' })
    expect(phones.last('finch')).toMatch(/^Is anyone in danger now\?\nThis still waits for you:/)
  })

  it('two alarms at once are told apart before one is claimed', async () => {
    await phones.write('finch', '/duty on')
    await reported('armed men outside the library, 85004 !4')
    await reported('shots at the fair, Tempe !5')
    await phones.write('finch', '1')
    expect(phones.last('finch')).toMatch(/^Which one do you mean\?/)
    await phones.write('finch', '2')
    expect(await phones.incident('AZ-0001')).toMatchObject({ status: 'claimed' })
    expect(await phones.incident('AZ-0002')).toMatchObject({ status: 'reported' })
  })

  it('an alarm is answered with the word that stands on it, or a raised hand', async () => {
    await phones.write('finch', '/duty on')
    await reported()
    await phones.write('finch', 'Claim')
    expect(await phones.incident()).toMatchObject({ status: 'claimed' })
    await phones.write('finch', 'release AZ-0001')
    const alarm = phones.with('finch').findLast(one => one.text.includes('1 claim'))
    await phones.write('finch', '✋', { quote: phones.quote(alarm as never) })
    expect(await phones.incident()).toMatchObject({ status: 'claimed' })
    await phones.write('heron', 'Withdraw')
    await phones.write('heron', 'yes')
    expect(phones.last('heron')).toContain('It stays open as a safety note without a name.')
  })

  it('what is written on an alarm is news of that incident', async () => {
    await phones.write('finch', '/duty on')
    await reported()
    const alarm = phones.with('finch').at(-1)
    await phones.write('finch', 'They left ten minutes ago', { quote: phones.quote(alarm as never) })
    expect(phones.last('finch')).toContain('AZ-0001 is updated')
  })

  it('adds words to the writer’s own report, also such as begin like a command', async () => {
    await reported()
    await phones.write('heron', 'incident is getting worse, they shout at people now')
    const entries = await phones.store.incidents.timeline('AZ-0001' as never, 20)
    expect(entries.at(-1)).toMatchObject({ event: { type: 'added' }, words: { text: /getting worse/ } })
  })

  it('says where a picture to be seen once is not kept', async () => {
    await phones.write('heron', '', { once: true })
    expect(phones.last('heron')).toContain('I do not keep pictures that can be seen only once.')
  })

  it('speaks the language of whoever asks', async () => {
    await phones.write('wren', 'report')
    expect(phones.last('wren')).toMatch(/^¿Qué pasó\?/)
    await phones.write('wren', 'cancelar')
    expect(phones.last('wren')).toContain('No se envió nada')
  })
})

describe('when something fails', () => {
  const failing = (error: Error) => {
    let left = 1
    return () => {
      if (left-- > 0) throw error
    }
  }

  it('what surely was not sent is sent later, and nothing else happens twice', async () => {
    await phones.write('heron', '/report a crowd, Mesa !2')
    phones.send(failing(new PlatformError('signal', 'limited', { permanent: false, retryAfterMs: 1000 })))
    const yes = phones.frame('heron', written('1'))
    await expect(phones.hear(yes)).rejects.toThrow('limited')
    const before = phones.with('heron').length
    await phones.hear(yes)
    await phones.hear(yes)
    const after = phones.with('heron').slice(before)
    expect(after.filter(one => one.text.startsWith('Received as AZ-0001')).length).toBeLessThanOrEqual(2)
    expect(after.filter(one => one.text.split('\n').length === 1)).toHaveLength(1)
    expect(await phones.incident('AZ-0002')).toBeNull()
  })

  it('what may have been sent is not sent again', async () => {
    phones.send(failing(new PlatformError('signal', 'no answer', { permanent: false })))
    const asked = phones.frame('heron', written('/report'))
    await phones.hear(asked)
    await phones.hear(asked)
    expect(phones.with('heron')).toEqual([])
    await phones.write('heron', 'A crowd, Mesa')
    expect(phones.last('heron')).toContain('Is anyone in danger now?')
  })

  it.each([1, 2, 3])('a crash at step %i loses no answer and doubles no report', async step => {
    await phones.write('heron', '/report a crowd, Mesa !2')
    let left = step
    phones.keep(() => {
      left -= 1
      if (left === 0) throw new Error('the power went')
    })
    const yes = phones.frame('heron', written('1'))
    await phones.hear(yes).catch(() => {})
    await phones.close()
    phones = await openPhones(at, phones.bubbles, phones.clock())
    await phones.hear(yes)
    expect(phones.with('heron').some(({ text }) => /^Received as AZ-0001[^\n]*$/.test(text))).toBe(true)
    expect(await phones.incident('AZ-0002')).toBeNull()
    await phones.write('heron', 'mine')
    expect(phones.last('heron')).toContain('AZ-0001')
  })

  it('a "1" that was written before a report began, and comes late, does not send it', async () => {
    const early = phones.frame('heron', written('1'))
    await phones.write('heron', '/report a crowd, Mesa !2')
    await phones.hear(early)
    expect(phones.with('heron').at(-2)?.text).toContain('This reached me late')
    expect(phones.last('heron')).toContain('Is this right?')
    expect(await phones.incident()).toBeNull()
    await phones.write('heron', '1')
    expect(await phones.incident()).toMatchObject({ severity: 2 })
  })

  it('a number that was here before its question was said answers another one; whole sentences are heard', async () => {
    await phones.write('heron', '/report a crowd, Mesa !2')
    const saidAt = phones.with('heron').at(-1)?.at ?? 0
    // Tapped twice in haste, while the hub was slow: the second would change the report, and then its words.
    await phones.hear({ ...phones.frame('heron', written('2')), keptAt: saidAt - 1 })
    expect(phones.with('heron').at(-2)?.text).toContain('This reached me late')
    expect(phones.last('heron')).toContain('Is this right?')
    await phones.hear({ ...phones.frame('heron', written('Some of them carry sticks')), keptAt: saidAt - 1 })
    expect(phones.last('heron')).toContain('Some of them carry sticks')
    // What was said beside the point does not make the question a new one.
    await phones.hear({ ...phones.frame('heron', written('1')), keptAt: saidAt + 1 })
    expect(await phones.incident()).toMatchObject({ severity: 2 })
  })

  it('"not received" keeps the form as it stands, to be sent again', async () => {
    await phones.write('heron', '/report a crowd, Mesa !2')
    const reader = { language: 'en', zone: 'America/Phoenix', now: phones.clock(), person: () => null } as const
    const said = phrase('hub.not-received', { time: { time: phones.clock() }, reference: 'abc' })
    const reply = { type: 'failed', phrase: said, words: 'a crowd' } as const
    phones.answer(({ type }) => (type === 'submission' ? { reply, reader } : null))
    await phones.write('heron', '1')
    expect(phones.with('heron').at(-2)?.text).toContain('NOT received')
    expect(phones.last('heron')).toContain('What happened? a crowd')
    phones.answer(() => null)
    await phones.write('heron', '1')
    expect(await phones.incident()).toMatchObject({ severity: 2 })
  })
})

it('whatever is written, everybody is answered, nothing fails, and nobody else reads it', async () => {
  await reported()
  const lines = fc.oneof(
    fc.constantFrom(
      '1',
      '2',
      '3',
      '8',
      '10',
      '/report',
      '/hub',
      'mine',
      'cancel',
      'back',
      '/claim AZ-0001',
      '6 AZ-0001',
    ),
    fc.constantFrom(
      '/update AZ-0001 they left',
      'help',
      'yes',
      '/nothing',
      '*bold* ~x~ \\\\',
      'report !4 #XX-1',
      'skip',
    ),
    fc.string({ minLength: 1, maxLength: 30 }).filter(text => text.trim() !== ''),
  )
  const group = phones.inGroup().length
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 1, maxLength: 8 }), async written => {
      for (const words of written) {
        const before = phones.with('finch').length
        await phones.write('finch', words)
        expect(phones.with('finch').length, words).toBeGreaterThan(before)
      }
    }),
    { numRuns: 25 },
  )
  const told = phones.inGroup().slice(group)
  expect(told.filter(one => /What happened|still waits/.test(one.text))).toEqual([])
}, 60_000)
