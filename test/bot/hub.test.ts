import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { renderBody } from '../../bot/workspace/body.ts'
import { eachHouse } from '../each.ts'
import { buttonsOf, type Ground, ground, type House, noon, openHouse, readAnswer } from '../house.ts'

const seen = {
  what: 'Two groups shouting at the drop box',
  where: 'Maricopa County, AZ',
  danger: 'soon',
  contact: 'yes',
}

let at: Ground
let house: House

eachHouse((opened, ground) => {
  house = opened
  at = ground
})

async function report(values: Partial<typeof seen> = {}): Promise<string> {
  const answer = readAnswer(await house.fill('heron', '/report', { ...seen, ...values }))
  return /[A-Z]{2}-\d{4}/.exec(answer)?.[0] ?? answer
}

describe('what cannot be taken stands there again, filled, with the reason', () => {
  test.each([
    ['nothing', ''],
    ['only spaces and invisible characters', ' \u200b\u2060\u00ad \n'],
  ])('%s', async (_, what) => {
    const answer = await house.fill('heron', '/report', { ...seen, what })
    expect(answer.reply).toMatchObject({ type: 'form', form: { values: { where: seen.where }, errors: { what: {} } } })
    expect(await house.room('az-response')).toEqual([])
  })

  test('40,000 characters, with how many are too many; the next /report opens with them', async () => {
    const what = 'They are coming. '.repeat(2353)
    const answer = await house.fill('heron', '/report', { ...seen, what })
    expect(readAnswer(answer)).toMatch(/what: .*3[67],?\d{3}/)
    const again = await house.type('heron', '/report')
    expect(again.reply).toMatchObject({ type: 'form', form: { values: { what, where: seen.where } } })
    expect(readAnswer(again)).toContain('Go on with your report from')
  })

  test('a missing answer to "Is anyone in danger now?"', async () => {
    const answer = await house.fill('heron', '/report', { ...seen, danger: '' })
    expect(Object.keys(answer.reply.type === 'form' ? answer.reply.form.errors : {})).toEqual(['danger'])
  })

  test('a form from yesterday is taken as it is', async () => {
    const opened = await house.type('heron', '/report')
    if (opened.reply.type !== 'form') throw new Error('no form')
    await house.pass(1)
    house.skip(26 * 60)
    const answer = await house.submit('heron', opened.reply.form, seen)
    expect(readAnswer(answer)).toContain('Received as')
  })

  test('a form counts for whoever sends it in: another person gets no answer that was theirs', async () => {
    const opened = await house.type('heron', '/report')
    if (opened.reply.type !== 'form') throw new Error('no form')
    const own = await house.submit('heron', opened.reply.form, seen)
    const other = await house.submit('thrasher', opened.reply.form, { ...seen, where: 'Fulton County, GA' })
    expect(readAnswer(own)).toContain('AZ-0001')
    expect(readAnswer(other)).toContain('GA-0001')
  })

  test('a draft is gone once the form was taken', async () => {
    await house.fill('heron', '/report', { ...seen, what: '' })
    await house.fill('heron', '/report', seen)
    const opened = await house.type('heron', '/report')
    expect(opened.reply).toMatchObject({ type: 'form', form: { notice: null } })
  })
})

describe('a draft that cannot be read', () => {
  test.each([
    ['because the database is gone', () => Promise.reject(new Error('gone'))],
    ['in time', () => new Promise<never>(() => {})],
  ])('%s does not keep the form from opening', async (_, latest) => {
    await house.close()
    house = await openHouse(at, noon, { giveUp: async () => {} })
    Object.assign(house.store.drafts, { latest })
    const opened = await house.type('heron', '/report')
    expect(opened.reply).toMatchObject({ type: 'form', form: { notice: null } })
  })
})

describe('a form that a hostile page made up', () => {
  const made = { type: 'submission', form: 'made-up', about: '', values: {}, files: [] } as const
  const by = (account: string) =>
    ({ platform: 'workspace', key: 'k', account, room: null, message: null, at: noon }) as const

  test('for a command that has no form is judged as the command is', async () => {
    const id = await report()
    await house.type('finch', `/claim ${id}`)
    const answer = await house.hub.receive({ ...by('magpie'), ...made, command: 'claim', about: id })
    expect(readAnswer(answer)).toMatch(/Finch.*until/)
  })

  test("under another person's form id is that person's own, and leaves the other's draft alone", async () => {
    const other = { ...by('heron'), ...made, command: 'report', values: { ...seen, what: 'what heron saw' } }
    expect(readAnswer(await house.hub.receive({ ...other, type: 'draft' }))).toBe('')
    await house.hub.receive({ ...other, ...by('finch'), type: 'draft', values: { what: 'finch' } })
    const opened = await house.type('heron', '/report')
    expect(opened.reply).toMatchObject({ form: { values: { what: 'what heron saw' } } })
    const ids = [await house.hub.receive(other), await house.hub.receive({ ...other, ...by('cactus-wren') })]
    expect(new Set(ids.map(answer => /AZ-\d+/.exec(readAnswer(answer))?.[0])).size).toBe(2)
  })
})

describe('words are shown as typed and ping nobody', () => {
  test.each([
    ['mentions', '@everyone <!channel> <@U0123> @here'],
    ['markup', '<script>alert(1)</script> **bold** _it_ `code` [x](http://y) &amp;'],
    ['emoji and combining marks', '👩🏽‍🤝‍👨🏿 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'],
    ['right to left', 'تجمع مسلح أمام المركز \u202egnp.exe'],
    ['placeholders of our own', `{id} {person} \${x} %s`],
  ])('%s', async (_, what) => {
    const id = await report({ what })
    const found = await house.store.incidents.find(id as never)
    expect(found?.words.what).toBe(what)
    expect((await house.room('az-response'))[0]).toContain(what)
  })

  test('U+0000, which no database takes, does not lose the rest', async () => {
    const id = await report({ what: 'before\u0000after' })
    expect((await house.store.incidents.find(id as never))?.words.what).toMatch(/^before.?after$/)
  })
})

describe('an incident with many long words', () => {
  test('can be read by everyone who works on it, and its thread carries each text whole', async () => {
    const id = await report({ what: 'w'.repeat(3000) })
    await house.type('finch', `/claim ${id}`)
    const said = Array.from({ length: 8 }, (_, n) => `${n} ${'🕊'.repeat(900)} ${n}`)
    for (const words of said) await house.type('finch', `/update ${id} ${words}`)
    for (const who of ['finch', 'magpie', 'eagle']) {
      const { reply, reader } = await house.type(who, `/incident ${id}`)
      const body = reply.type === 'view' ? renderBody(reply.view, reader) : null
      expect(body?.lines.at(-1), who).toMatchObject({ text: 'Long texts are shortened here.' })
    }
    const thread = (await house.thread(await house.card('az-response', id))).join('\n')
    for (const words of said) expect(thread).toContain(words)
    expect(await house.store.outbox.counts()).toMatchObject({ waiting: 0, unknown: 0, failed: 0 })
  })

  test('words in a thread that just fit reach the other rooms whole', async () => {
    const id = await report()
    const words = `first ${'x'.repeat(3688)} last`
    await house.write('finch', words, 'az-response', await house.card('az-response', id))
    expect((await house.thread(await house.card('az-signal', id))).join()).toContain(words)
  })
})

describe('a press', () => {
  test('whose assumption no longer holds is answered with how things stand', async () => {
    const id = await report()
    const card = await house.card('az-response', id)
    const claim = (card.body as { buttons: { id: string }[] }).buttons[0]?.id as string
    await house.press('finch', claim, 'az-response')
    expect(readAnswer(await house.press('magpie', claim, 'az-response'))).toMatch(/Finch.*until/)
  })

  test('twice counts once and gets the same answer', async () => {
    const id = await report()
    const both = await Promise.all([1, 2].map(() => house.press('finch', `claim:${id}:x`, 'az-response', 'm1:claim')))
    expect(readAnswer(both[0] as never)).toBe(readAnswer(both[1] as never))
    const timeline = await house.store.incidents.timeline(id as never, 50)
    expect(timeline.filter(entry => entry.event.type === 'claimed')).toHaveLength(1)
    expect(timeline.filter(entry => entry.event.type === 'extended')).toHaveLength(0)
  })

  test('on a button that no longer exists, or on nonsense, is answered in words', async () => {
    for (const button of ['gone:AZ-0001:x', '', ':::', 'claim', 'claim:NO-SUCH', 'claim:AZ-9999:1', 'more:<b>:x']) {
      expect(readAnswer(await house.press('finch', button)), button).toMatch(/[A-Za-z]{4}/)
    }
  })

  test('for the undo after its minute is refused with the way on', async () => {
    const id = await report()
    const resolved = await house.type('finch', `/resolve ${id} calmed`)
    const undo = buttonsOf(resolved).undo as string
    await house.pass(2)
    expect(readAnswer(await house.press('finch', undo))).toContain('/reopen')
  })
})

describe('what a reporter writes to the hub', () => {
  test('goes to the report they were told of last', async () => {
    const first = await report({ what: 'Shouting at the drop box' })
    await house.pass(5)
    const second = await report({ what: 'Leaflets at the school' })
    await house.pass(5)
    await house.type('finch', `/claim ${first}`)
    expect(readAnswer(await house.write('heron', 'They are back', null))).toContain(first)
    await house.pass(5)
    await house.type('finch', `/resolve ${second} calmed`)
    expect(readAnswer(await house.write('heron', 'Not quite over', null))).toContain(second)
  })

  test('answers "Where is it?" when the place was asked', async () => {
    const id = await report({ where: 'on the road from Georgia to Michigan' })
    expect((await house.store.incidents.find(id as never))?.incident.place.state).toBe('asked')
    expect(readAnswer(await house.write('heron', 'Maricopa County, Arizona', null))).toContain('Arizona')
    expect((await house.room('az-response'))[0]).toContain(id)
    const found = await house.store.incidents.find(id as never)
    expect(found?.incident).toMatchObject({ region: 'AZ', place: { state: 'found', county: 'Maricopa County' } })
  })
})

describe('who may not', () => {
  test('reads the reason and the way on', async () => {
    const id = await report()
    expect(readAnswer(await house.type('heron', `/claim ${id}`))).toContain('Only the Arizona response team')
    expect(readAnswer(await house.type('heron', '/incidents'))).toContain('/mine')
    expect(readAnswer(await house.type('finch', `/mark ${id} green it is harmless`))).toMatch(/coordinator/i)
  })

  test('does not learn of incidents elsewhere', async () => {
    const id = await report()
    const unknown = readAnswer(await house.type('osprey', '/incident AZ-7777'))
    expect(readAnswer(await house.type('osprey', `/incident ${id}`))).toBe(unknown.replace('AZ-7777', id))
  })

  test('where the network refuses strangers, one is told so, and where to turn in danger', async () => {
    const other = ground()
    const closed = await openHouse(other, noon, { adjust: file => ({ ...file, strangers: 'refuse' }) })
    expect(readAnswer(await closed.type('nobody-here', '/report'))).toContain('911')
    expect(readAnswer(await closed.write('nobody-here', 'help', null))).toContain('911')
    await closed.close()
    other.leave()
  })
})

describe('a database that cannot keep anything', () => {
  test('locked by another program: it is being saved, with the words; once it is free it is received', async () => {
    await house.close()
    house = await openHouse(at, noon, { giveUp: async () => {} })
    const other = new Database(at.url.slice(5))
    other.exec('begin immediate')
    const what = 'Sentinel words that must come back '.repeat(60)
    const answer = await house.ask('heron', '/report', { ...seen, what })
    expect(readAnswer(answer)).toMatch(/I am saving this. Please wait/)
    expect(readAnswer(answer)).toContain('Sentinel words that must come back')
    other.exec('rollback')
    other.close()
    expect(readAnswer((await answer.later) ?? answer)).toContain('Received as')
    await house.settle()
    expect((await house.room('az-response')).filter(text => text.includes('Sentinel'))).toHaveLength(1)
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
  })

  test('sealed under another key, or its key is missing: the hub does not start, and says what to do', async () => {
    await house.close()
    writeFileSync(join(at.folder, 'other.key'), Buffer.alloc(32, 7).toString('base64'))
    await expect(openHouse(at, noon, { keyFile: 'other.key' })).rejects.toThrow(/key/i)
    await expect(openHouse(at, noon, { keyFile: 'missing.key' })).rejects.toThrow(/key/i)
    expect(existsSync(join(at.folder, 'missing.key'))).toBe(false)
  })

  test('newer than this program: the hub does not start, and says so', async () => {
    await house.close()
    const direct = new Database(at.url.slice(5))
    direct.exec("insert into schema_migrations (made, hash) values (9999999999999, 'later')")
    direct.close()
    await expect(openHouse(at)).rejects.toThrow(/newer/i)
  })
})

describe('what somebody writes to the hub', () => {
  test('about a report that has ended is kept, and the way on is to report it again', async () => {
    const id = await report()
    await house.type('finch', `/dismiss ${id}`)
    await house.pass(2)
    const answer = await house.write('heron', 'It is still going on', null)
    expect(readAnswer(answer)).toContain(`Added to ${id}, which has ended: nobody is on it now.`)
    expect(readAnswer(answer)).toContain('[Report]')
  })

  test('in a thread under a receipt is added to their report too', async () => {
    const id = await report()
    const receipt = (await house.store.practice.list('direct:heron', 1))[0]
    const answer = await house.write('heron', 'Now there are forty of them', null, receipt)
    expect(readAnswer(answer)).toContain(`Added to ${id}`)
    expect((await house.store.incidents.timeline(id as never, 9)).at(-1)?.words).toEqual({
      text: 'Now there are forty of them',
    })
  })
})

describe('logs', () => {
  test('and tables hold no names, accounts or words in the clear, also when something breaks', async () => {
    await report({ what: 'SENTINEL-WORDS here' })
    await house.press('finch', 'more:AZ-0001')
    await house.press('finch', 'claim:AZ-0001', null, 'press:claim:account-of-heron')
    await house.store.close()
    await house.fill('heron', '/report', { ...seen, what: 'SENTINEL-WORDS again' }).catch(() => {})
    const log = house.logged()
    expect(log.length).toBeGreaterThan(0)
    expect(log).not.toMatch(/SENTINEL|heron|Ruiz|602/i)
    expect(storedApartFromPractice(at.url.slice(5))).not.toMatch(/SENTINEL|602-555|heron|Ana Ruiz/)
  })
})

/** Every value of every table as text, but for what the practice workspace keeps as its own chat server. */
function storedApartFromPractice(path: string): string {
  const direct = new Database(path, { readonly: true })
  const tables = direct.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  const rows = tables
    .filter(name => name !== 'practice_messages')
    .flatMap(name => direct.prepare(`select * from "${name}"`).all())
  direct.close()
  return rows
    .map(row =>
      Object.values(row as object)
        .map(value => (Buffer.isBuffer(value) ? value.toString('latin1') : value))
        .join('|'),
    )
    .join('\n')
}
