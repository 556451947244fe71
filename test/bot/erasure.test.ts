import { join } from 'node:path'
import { Readable } from 'node:stream'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type Ground, type House, readAnswer } from '../house.ts'
import { traces } from './traces.ts'

/** Words that stand nowhere else: what they are typed into is their name. */
const said = {
  what: 'Sentinelwhat men with sentinelwhat flags, call +1 602 555 0177',
  where: 'Maricopa County, AZ, behind Sentinelwhere Hall',
  safe: 'Sentinelsafe, ask for the sentinelsafe baker',
  added: 'Sentinelnews from the sentinelnews corner',
  thread: 'Sentinelthread in the sentinelthread room',
  direct: 'Sentineldirect in the sentineldirect talk',
  draft: 'Sentineldraft in a sentineldraft form',
  own: 'Sentinelown reaches me, sentinelown',
  note: 'Sentinelnote on a sentinelnote page',
}
const words = Object.keys(said).map(name => `entinel${name === 'safe' ? 'safe' : nameOf(name)}`)
const document = Buffer.from(`%PDF-1.4\nSentinelfile ${'sentinelfile '.repeat(400)}\n%%EOF\n`)
const sentinels = [...words, 'entinelfile', 'entinelname', '5550177', '555 0177']

function nameOf(name: string): string {
  return name === 'added' ? 'news' : name
}

let at: Ground
let house: House

eachHouse((opened, ground) => {
  house = opened
  at = ground
})

/** The key that seals a scope, as it lies in the database, and all that lies sealed of an incident's words. */
function sealed(): { readonly keys: Map<string, Buffer>; readonly words: readonly Buffer[] } {
  const reader = new Sqlite(join(at.folder, 'hub.db'), { readonly: true })
  const rows = reader.prepare<[], { scope: string; sealed: Buffer }>('select scope, sealed from keys').all()
  const own = reader.prepare<[], { sealed: Buffer }>('select sealed from words order by incident, seq').all()
  reader.close()
  return { keys: new Map(rows.map(row => [row.scope, row.sealed])), words: own.map(row => row.sealed) }
}

function count(from: string): number {
  const reader = new Sqlite(join(at.folder, 'hub.db'), { readonly: true })
  const [row] = reader.prepare<[], { n: number }>(`select count(*) n from ${from}`).all()
  reader.close()
  return row?.n ?? 0
}

async function clearAll(): Promise<void> {
  for (let rounds = 0; rounds < 200 && (await house.clearer.run()); rounds += 1) await house.settle()
  await house.settle()
  await house.clearer.run()
}

const personOf = (callsign: string) =>
  [...house.store.roster.directory().people.values()].find(person => person.callsign === callsign)?.id ?? ''

/** Heron's whole day, with a sentinel in everything that can be typed or sent. */
async function told(): Promise<void> {
  await house.type('finch', '/duty on')
  const file = { name: 'entinelname.pdf', type: 'application/pdf', size: document.length }
  const opening = await house.type('heron', '/report')
  if (opening.reply.type !== 'form') throw new Error('no form')
  const values = { what: said.what, where: said.where, danger: 'hurt', contact: 'yes' }
  const received = await house.submit('heron', opening.reply.form, values, null, [
    { ...file, open: () => Readable.from([document]) },
  ])
  expect(readAnswer(received)).toContain('AZ-0001')
  await house.settle()
  await house.type('finch', '/claim AZ-0001')
  await house.press('heron', 'sources:AZ-0001').then(async ({ reply }) => {
    if (reply.type === 'form') await house.submit('heron', reply.form, { known: 'saw', safeContact: said.safe })
  })
  await house.type('heron', `/update AZ-0001 ${said.added}`)
  await house.store.practice.add(own('az-response', 1, said.thread))
  await house.write('heron', said.thread, 'az-response', await house.card('az-response', 'AZ-0001'))
  await house.store.practice.add(own('direct:heron', null, said.direct))
  await house.write('heron', said.direct, null)
  await house.type('heron', `/whoami contact ${said.own}`)
  const draft = await house.type('heron', '/report')
  if (draft.reply.type === 'form') await keep(draft.reply.form.id, { ...values, what: said.draft })
  await house.settle()
}

function own(room: string, thread: number | null, text: string) {
  const body = { type: 'words', words: text, files: [] }
  return { key: `workspace:heron:${text}`, room, thread, author: 'heron', body, at: house.clock() }
}

async function keep(form: string, values: Record<string, string>): Promise<void> {
  const origin = { platform: 'workspace', account: 'heron', room: null, message: null, at: house.clock() } as const
  await house.hub.receive({ ...origin, key: 'draft:1', type: 'draft', form, command: 'report', about: '', values })
}

describe('what somebody wrote', () => {
  test('stands in no byte once they were erased: not in the database, its log, the files or what was logged', async () => {
    await told()
    const before = sealed()
    const personal = before.keys.get(`person:${personOf('Heron')}`) as Buffer
    const files = [...before.keys].flatMap(([scope, key]) => (scope.startsWith('file:') ? [key] : []))
    expect(files).toHaveLength(1)
    // What people see in the practice rooms lies there in the open, which is what makes this test able to fail.
    expect(traces(at.folder, ['entinelwhat', 'entinelthread', 'entineldirect'])).not.toEqual([])
    expect(traces(at.folder, [personal, ...files])).not.toEqual([])

    const asked = await house.type('heron', '/whoami erase')
    expect(readAnswer(asked)).toMatch(/This goes, for good:[\s\S]*1 report loses its words[\s\S]*This stays:/)
    const done = await house.press('heron', 'erase:confirm')
    expect(readAnswer(done)).toContain('are gone')
    await house.settle()
    await clearAll()

    const keys = sealed().keys
    expect(keys.has(`person:${personOf('Heron')}`)).toBe(false)
    expect([...keys.keys()].filter(scope => scope.startsWith('file:'))).toEqual([])
    expect(traces(at.folder, [...sentinels, personal, ...files])).toEqual([])
    expect(sentinels.filter(one => house.logged().includes(one))).toEqual([])
    expect(await house.store.recalls.counts()).toEqual({ waiting: 0, failed: 0 })
    expect(await house.store.erasures.due()).toEqual([])
    // Where their direct messages stood would tell which account was theirs.
    expect(count('posts where account not in (select id from accounts) and message is not null')).toBe(0)

    const problems = []
    for await (const problem of house.store.audit.verify()) problems.push(problem)
    expect(problems).toEqual([])
    const left = await house.store.incidents.find('AZ-0001' as never)
    expect(left).toMatchObject({ incident: { status: 'claimed', reporter: null, account: null, severity: 4 } })
    expect(left?.words).toEqual({ what: null, where: null })
    const card = (await house.room('az-response'))[0]
    expect(card).toContain('AZ-0001')
    expect(card).not.toContain('Heron')
    expect((await house.room('coordination')).join('\n')).toContain('Heron asked to be erased')
    // The account's next message is a stranger's.
    expect(readAnswer(await house.type('heron', '/whoami'))).not.toContain('Heron')
  })

  test('is readable nowhere once it was taken back, and neither are the files that came with it', async () => {
    await told()
    const before = sealed()
    const files = [...before.keys].flatMap(([scope, key]) => (scope.startsWith('file:') ? [key] : []))
    const [what] = before.words
    await house.type('heron', '/withdraw AZ-0001')
    await house.settle()
    await clearAll()
    const gone = ['entinelwhat', 'entinelwhere', 'entinelnews', 'entinelfile', '5550177']
    expect(traces(at.folder, [...gone, ...files, what as Buffer])).toEqual([])
    const entries = await house.store.incidents.timeline('AZ-0001' as never, 100)
    expect(entries.filter(entry => entry.words)).toEqual([])
  })

  test('and what they had taken is free again; whoever has an S4 is told first', async () => {
    await house.fill('heron', '/report', { ...plain, danger: 'hurt' })
    await house.type('finch', '/claim AZ-0001')
    expect(readAnswer(await house.type('finch', '/whoami erase'))).toContain('You have AZ-0001')
    await house.press('finch', 'erase:confirm')
    await clearAll()
    const known = await house.store.incidents.find('AZ-0001' as never)
    expect(known?.incident).toMatchObject({ status: 'reported', claim: null })
    expect(known?.words.what).toBe(plain.what)
    expect((await house.room('az-response')).join('\n')).not.toContain('Finch')
  })
})

describe('somebody with a part in what is worked through', () => {
  test('leaves steps, roles and lead to others, no task, and no words in any byte; nobody lists them as hidden', async () => {
    await house.type('owl', '/duty on')
    await house.fill('heron', '/report', plain)
    await house.type('magpie', '/protocol start P1 AZ-0001')
    await house.type('magpie', '/step P1.1 skip by phone')
    const finch = personOf('Finch')
    await house.type('magpie', '/step P1.2 hand Finch')
    await house.type('finch', '/step P1.2 help sentinelhelp at the sentinelhelp gate')
    await house.type('finch', '/step P1.3 skip sentinelskip by sentinelskip')
    await house.type('magpie', '/protocol safe AZ-0001 region')
    await house.type('magpie', '/protocol lead P1 AZ-0001 Finch')
    expect(count(`tasks where person = '${finch}'`)).toBeGreaterThan(0)
    await house.type('magpie', '/shield Finch a car waits')
    await house.type('owl', '/shield off Finch it is gone')
    await house.type('magpie', '/shield Finch a car waits')
    expect(traces(at.folder, ['entinelhelp', 'entinelskip']).length).toBeGreaterThan(0)

    expect(readAnswer(await house.press('finch', 'erase:confirm'))).toContain('are gone')
    await clearAll()
    const { incident } = (await house.store.incidents.find('AZ-0001' as never)) ?? {}
    expect(incident?.runs?.[0]).toMatchObject({ status: 'running', leadOffer: null })
    // That somebody skipped it stays.
    const { by: _, ...skipped } = incident?.runs?.[0]?.steps['3'] ?? {}
    expect(JSON.stringify([incident?.runs?.[0]?.roles, incident?.runs?.[0]?.steps['2'], skipped])).not.toContain(finch)
    expect(incident?.counts?.all?.back).toEqual([finch])
    expect(count(`tasks where person = '${finch}'`)).toBe(0)
    expect(count(`shields where person = '${finch}'`)).toBe(0)
    expect(traces(at.folder, ['entinelhelp', 'entinelskip'])).toEqual([])
    expect(readAnswer(await house.type('owl', '/shield list'))).toContain('Nobody is hidden')
    expect(await Array.fromAsync(house.store.audit.verify())).toEqual([])
  })
})

const plain = { what: 'Two groups shout', where: 'Maricopa County, AZ', danger: 'soon', contact: 'yes' }

describe('a legal hold', () => {
  test('keeps words and files sealed when they are taken back, hides them, and lets them go when it ends', async () => {
    await told()
    const files = [...sealed().keys.keys()].filter(scope => scope.startsWith('file:'))
    const leader = people('leader')
    await house.type(leader, '/incident AZ-0001 hold the prosecutor asked')
    expect(readAnswer(await house.type('heron', '/withdraw AZ-0001'))).toContain('A legal hold keeps them')
    await clearAll()
    expect((await house.room('az-response')).join('\n')).not.toMatch(/entinelwhat/)
    const inside = readAnswer(await house.type('finch', '/incident AZ-0001'))
    expect(inside).not.toMatch(/entinel(what|news|where)|Heron/)
    expect([...sealed().keys.keys()].filter(scope => scope.startsWith('file:'))).toEqual(files)
    expect(sealed().words.length).toBeGreaterThan(2)
    expect(readAnswer(await house.type('finch', '/incident AZ-0001 unhold enough'))).toContain('Only a leader')
    await house.type(leader, '/incident AZ-0001 unhold the case is closed')
    await clearAll()
    expect([...sealed().keys.keys()].filter(scope => scope.startsWith('file:'))).toEqual([])
    expect((await house.store.incidents.timeline('AZ-0001' as never, 100)).filter(one => one.words?.what)).toEqual([])
  })
})

describe('a sealed name', () => {
  test('is opened with a reason that stands first, by who may; the person can see it; no answer keeps it', async () => {
    await told()
    const crane = people('coordinator', 'AZ')
    expect(readAnswer(await house.type('finch', '/incident AZ-0001 reveal curious'))).toContain('Only coordinators')
    const form = await house.type(crane, '/incident AZ-0001 reveal')
    if (form.reply.type !== 'form') throw new Error('no form')
    const key = `form:${form.reply.form.id}:`
    const opened = await house.submit(crane, form.reply.form, { reason: 'Her sister cannot find her' })
    expect(readAnswer(opened)).toMatch(/Who reported AZ-0001[\s\S]*Heron is [\s\S]*Sentinelsafe[\s\S]*Sentinelown/)
    const kept = await house.store.inbox.answer(`${key}${idOf(crane)}`)
    expect(JSON.stringify(kept)).not.toMatch(/entinel|is Ana/)
    const entries = await house.store.incidents.timeline('AZ-0001' as never, 100)
    expect(entries.at(-1)).toMatchObject({
      event: { type: 'revealed' },
      words: { reason: 'Her sister cannot find her' },
    })
    const self = readAnswer(await house.type('heron', '/whoami'))
    expect(self).toMatch(/opened your name for AZ-0001/)
    expect(self).toMatch(/1 report by you/)
  })
})

/** The account of somebody with that role. */
function people(role: string, region?: string): string {
  const found = [...house.store.roster.directory().people.values()].find(
    person =>
      person.roles.includes(role as never) &&
      (!region || (person.regions !== 'all' && person.regions.includes(region))),
  )
  return (found?.callsign ?? '').toLowerCase()
}

function idOf(account: string): string {
  return (
    [...house.store.roster.directory().people.values()].find(one => one.callsign.toLowerCase() === account)?.id ?? ''
  )
}
