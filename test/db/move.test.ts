import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { move as moveByHand, takeBack } from '../../bot/cli/migrate.ts'
import { loadTaxonomy } from '../../bot/config.ts'
import { loadMessages } from '../../bot/messages.ts'
import { moveToPostgres } from '../../db/move.ts'
import { blankPlan } from '../../workflows/broadcast/plan.ts'
import { enterBroadcast } from '../../workflows/broadcast/record.ts'
import { type IncidentId, makeBroadcastId, type PersonId } from '../../workflows/ids.ts'
import type { Network } from '../../workflows/network.ts'
import type { RecurringPlan } from '../../workflows/recurring.ts'
import { judge } from '../../workflows/trigger/again.ts'
import type { Wanted } from '../../workflows/trigger/proposal.ts'
import { buttonsOf, type Ground, ground, type House, noon, openHouse, readAnswer } from '../house.ts'
import { needs } from '../need.ts'
import { postgresNeed, usePostgres } from '../postgres.ts'

const odd = 'Tires "slashed" at \\the\\ {gate}, NULL, \'quoted\', é ñ 🜁 ﷽\n\ttwo lines; $1 {1,2}'

needs(postgresNeed()).describe('a network that moves from SQLite to PostgreSQL', () => {
  const server = usePostgres()
  let at: Ground
  let file: string
  let url: string

  beforeEach(async () => {
    at = ground()
    file = at.url.slice('file:'.length)
    url = await server().fresh()
  })
  afterEach(async () => {
    for (const close of at.standing) await close().catch(() => {})
    at.leave()
  })

  const move = (show?: (done: number, of: number, note: string) => void) =>
    moveToPostgres({ from: file, to: url, now: noon, ...(show ? { show } : {}) })
  const there = (now: number) => openHouse({ ...at, url }, now)

  test('carries on with the same incidents, cards, clocks, drafts, keys and numbers', async () => {
    const before = await openHouse(at)
    await busyDay(before)
    const key = `press:${randomUUID()}`
    const claim = buttonsOf(await before.type('finch', '/incident AZ-0001')).claim ?? ''
    await before.press('finch', claim, null, key)
    const card = await before.card('az-response', 'AZ-0001')
    const room = await before.room('az-response')
    const until = before.clock()
    await before.close()

    const steps: number[] = []
    const moved = await move((done, of) => steps.push(done / of))
    expect(moved).toMatchObject({ before: false, to: expect.stringContaining('at 127.0.0.1') })
    expect(moved.rows).toBeGreaterThan(100)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps.at(-1)).toBe(1)
    expect(await counts(url)).toEqual({ ...countsOf(file), deeds: (countsOf(file).deeds ?? 0) + 1 })

    const after = await there(until)
    const findings: unknown[] = []
    for await (const one of after.store.audit.verify()) findings.push(one)
    expect(findings).toEqual([])
    expect(await after.room('az-response')).toEqual(room)
    expect(readAnswer(await after.type('finch', '/incidents gate'))).toContain('AZ-0001')
    expect(readAnswer(await after.type('heron', '/report'))).toContain('Go on with your report')

    // The same press, delivered again, has its effect no second time.
    const entries = (await after.store.audit.counts()).entries
    await after.press('finch', claim, null, key)
    expect((await after.store.audit.counts()).entries).toBe(entries)

    // The card that stood there is edited; the clock that ran rings; numbers are given on from where they were.
    await after.type('finch', '/update AZ-0001 Police are there')
    await after.fill('heron', '/report', { what: 'A second crowd', where: 'Phoenix', danger: 'no', contact: 'yes' })
    const edited = await after.card('az-response', 'AZ-0001')
    expect(edited.id).toBe(card.id)
    expect((await after.thread(edited)).join('\n')).toContain('Police are there')
    const highest = Math.max(...(await after.store.practice.list('az-response', 200)).map(one => one.id))
    expect(highest).toBeGreaterThan(card.id)
    await after.pass(125)
    expect((await after.thread(edited)).join('\n')).toContain('gave no sign of life; the claim ran out')
    expect((await after.store.deeds.latest(1))[0]).toMatchObject({ what: 'move', by: null })
    await after.close()
  })

  test('carries on with what is worked through, proposed, hidden and played', async () => {
    const before = await openHouse(at)
    await protocolDay(before)
    await broadcastDay(before)
    const until = before.clock()
    const mine = readAnswer(await before.type('magpie', '/mine'))
    await before.close()
    onFile("insert into looks (incident, due_at, round) values ('AZ-0001', 1, 1)")
    const own = countsOf(file)
    const tables = ['protocols', 'tasks', 'proposals', 'proposed', 'patterns', 'looks', 'drills', 'shields', ...cast]
    expect(tables.filter(name => !own[name])).toEqual([])
    await move()
    const moved = await counts(url)
    for (const name of tables) expect([name, moved[name]]).toEqual([name, own[name]])

    const after = await there(until)
    expect(await Array.fromAsync(after.store.audit.verify())).toEqual([])
    expect(readAnswer(await after.type('magpie', '/mine'))).toBe(mine)
    expect(readAnswer(await after.type('owl', '/shield list'))).toContain('a car waits')
    expect(readAnswer(await after.type('magpie', '/drill report'))).toContain('EXERCISE')
    expect((await after.store.proposals.open('all')).map(one => one.protocol)).toContain('P3')
    const [broadcast] = await after.store.broadcasts.latest({ limit: 1 })
    expect(broadcast).toMatchObject({ id: 'B-0001', state: 'draft', plan: { words: { en: odd } } })
    expect(await after.store.broadcasts.entries(makeBroadcastId(1))).toHaveLength(1)
    expect(readAnswer(await after.type('magpie', '/step P1.2 skip seen by phone'))).toContain('P1.2')
    // The clock of the next step, armed on the file, rings here.
    await after.pass(60)
    expect((await after.room('az-response')).join('\n') + (await after.direct('magpie')).join('\n')).toContain(
      'Overdue',
    )
    // The next proposal of a protocol does not take the number of one that stands.
    expect((await after.store.proposals.open('all')).map(one => one.id)).toContain('P3-1')
    await after.close()
  })

  test('carries on with who has a broadcast, who answered what, the library, its messengers and people’s wishes', async () => {
    const adjust = (network: Network): Network => ({ ...network, hotline: '602-555-0134', broadcasts: [checkIn] })
    const before = await openHouse(at, noon, { adjust })
    await castDay(before)
    const until = before.clock()
    const read = async (house: House) => {
      const asked = [
        ['owl', '/broadcast B-0001'],
        ...['', ' silent', ' answered'].map(more => ['owl', `/broadcast B-0001 table${more}`]),
        ...[' phones', ''].map(more => ['owl', `/broadcast B-0001${more}`]),
        ...['heron', 'finch'].map(who => [who, '/whoami']),
        ...['recurring', 'library', 'library calm-call', 'messengers M-0001'].map(what => [
          'magpie',
          `/broadcast ${what}`,
        ]),
        ['owl', '/delivery B-0001'],
      ] as const
      const told: string[] = []
      for (const [who = '', line = ''] of asked) told.push(`${line}\n${readAnswer(await house.type(who, line))}`)
      return told
    }
    const told = await read(before)
    expect(told.join('\n')).toMatch(/wrote at .*“The north gate is shut”[\s\S]*no broadcasts since[\s\S]*K-0001/)
    await before.close()
    const own = countsOf(file)
    const [casts, words] = [
      ['recipients', 'progress', 'recurring', 'recurring_approvals'],
      ['messages', 'message_uses'],
    ]
    const tables = [...casts, ...words, 'messengers', 'handouts']
    expect(tables.filter(name => !own[name])).toEqual([])
    await move()
    const moved = await counts(url)
    for (const name of tables) expect([name, moved[name]]).toEqual([name, own[name]])

    const after = await openHouse({ ...at, url }, until, { adjust })
    expect(await Array.fromAsync(after.store.audit.verify())).toEqual([])
    expect(await read(after)).toEqual(told)
    const opened = await after.fill('magpie', '/opencontact M-0001', { reason: 'Cedar does not answer' })
    expect(readAnswer(opened)).toContain('602 555 0101')
    // Nobody is written to twice, a stop holds, and who is silent is reminded here.
    await after.type('owl', '/broadcast B-0001 nudge')
    await after.pass(2)
    const had = (await after.direct('wren')).filter(text => text.includes('¿Todo en calma? 602-555-0134'))
    expect(had).toHaveLength(2)
    expect((await after.direct('finch')).join('\n')).not.toContain('no answer from you yet')
    const next = await after.fill('owl', '/broadcast new', { whom: 'AZ', en: 'One more', es: 'Otra', answer: 'none' })
    expect(readAnswer(next)).toMatch(/Saved as B-000[3-9]/)
    expect(readAnswer(next)).toContain('Goes to 4 people.')
    await after.close()
  })

  test('the file is left alone: no hub starts on it, until it is said that it is meant', async () => {
    await (await openHouse(at)).close()
    await move()
    await expect(openHouse(at)).rejects.toThrow(/moved to the PostgreSQL database .* Set DATABASE_URL/)
    await expect(moveToPostgres({ from: file, to: await server().fresh(), now: noon })).rejects.toThrow(/moved to/)
    const said: string[] = []
    expect(await takeBack(file, false, (...lines) => said.push(...lines))).toBe(false)
    expect(said.join('\n')).toContain('--yes')
    await expect(openHouse(at)).rejects.toThrow(/moved to/)
    expect(await takeBack(file, true, () => {})).toBe(true)
    // As after a lost answer to the last COMMIT: it is found to be there, and the file marked.
    expect(await move()).toMatchObject({ before: true })
    expect(await takeBack(file, true, () => {})).toBe(true)
    await (await openHouse(at)).close()
  })

  test('whoever moved it reads what else there is to do', async () => {
    await (await openHouse(at)).close()
    mkdirSync(`${file}.files`)
    writeFileSync(`${file}.erasures`, '')
    const said: string[] = []
    const print = (...lines: readonly string[]) => void said.push(...lines)
    expect(await moveByHand({ from: file, to: url }, { now: noon, print }, { write: () => {} })).toBe(true)
    expect(said[0]).toMatch(/^Moved: \d+ rows in \d+ tables, every row compared\./)
    expect(said).toContain(`2. Copy the attached files, which no database holds: cp -a ${file}.files data/files`)
    expect(said).toContain(`   Copy the list of what was erased, too: cp ${file}.erasures data/files.erasures`)
    expect(said.join('\n')).toMatch(/Set DATABASE_URL.*The key stays.*audit verify/s)
    expect(said.join('\n')).not.toContain(new URL(url).password)
  })

  test('is refused while a hub runs on either, and where something stands already', async () => {
    const running = await openHouse(at)
    await expect(move()).rejects.toThrow(/A hub runs on the SQLite file/)
    await running.close()

    const other = ground(await server().fresh())
    const house = await openHouse(other)
    await expect(moveToPostgres({ from: file, to: other.url, now: noon })).rejects.toThrow(/A hub runs on the Postgr/)
    await house.close()
    await expect(moveToPostgres({ from: file, to: other.url, now: noon })).rejects.toThrow(/is not empty/)
    other.leave()

    await sent(url, 'create table payroll (id int)')
    await expect(move()).rejects.toThrow(/is not empty/)
    await expect(moveToPostgres({ from: `${file}x`, to: url, now: noon })).rejects.toThrow(/no database at/)
    await expect(moveToPostgres({ from: file, to: `${url}x`, now: noon })).rejects.toThrow(/server says/)
    const nobody = 'postgres://hub:hush@127.0.0.1:1/hub'
    await expect(moveToPostgres({ from: file, to: nobody, now: noon })).rejects.toThrow(/could be reached.*Nothing/)
  })

  test('is refused for a file of another version', async () => {
    await (await openHouse(at)).close()
    onFile('update schema_migrations set made = made + 1 where made = (select max(made) from schema_migrations)')
    await expect(move()).rejects.toThrow(/newer version/)
    onFile('delete from schema_migrations where made = (select max(made) from schema_migrations)')
    await expect(move()).rejects.toThrow(/older version.*npm start/)
    expect(await counts(url)).toEqual({})
  })

  test('broken off, it leaves nothing, and can be done anew', async () => {
    await (await openHouse(at)).close()
    let broken = false
    const breaking = move((done, of) => {
      if (broken || done < of / 2) return
      broken = true
      void sent(url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'trust-hub-move'")
    })
    await expect(breaking).rejects.toThrow(/lost.*Nothing was moved: both databases are as they were/)
    expect(await counts(url)).toEqual({})
    await (await openHouse(at)).close()
    expect(await move()).toMatchObject({ before: false })
  })

  test('a row that arrives otherwise than it was sent undoes everything', async () => {
    await (await openHouse(at)).close()
    await sent(
      url,
      `create schema meddler;
       create function meddler.change() returns trigger language plpgsql as
         $$ begin new.zone := new.zone || ' '; return new; end $$;
       create function meddler.attach() returns event_trigger language plpgsql as $$ begin
         if to_regclass('regions') is not null and not exists (select from pg_trigger where tgname = 'meddle') then
           create trigger meddle before insert on regions for each row execute function meddler.change();
         end if; end $$;
       create event trigger meddling on ddl_command_end when tag in ('CREATE TABLE')
         execute function meddler.attach()`,
    )
    await expect(move()).rejects.toThrow(/not what was sent \(regions, row 1 by its key\).*Nothing was moved/)
    expect(await counts(url)).toEqual({})
  })

  test('a value that no column may hold is named by its place, without being said', async () => {
    await (await openHouse(at)).close()
    onFile("insert into duty (person, until) values ('p', 'Maria Lopez')")
    const failure = await move().catch(error => error as Error)
    expect(failure).toMatchObject({ message: expect.stringMatching(/^duty\.until holds .*Nothing was moved/) })
    expect(String((failure as Error).stack)).not.toContain('Maria')
  })

  test('numbers are not given again, even if the last row is gone', async () => {
    await (await openHouse(at)).close()
    onFile("insert into deeds (number, at, what, facts) values (40, 1, 'apply', '{}')")
    onFile('delete from deeds where number = 40')
    await move()
    expect(await asked(url, 'select max(number) as number from deeds')).toEqual([{ number: '41' }])
  })

  function onFile(statement: string): void {
    const client = new Sqlite(file)
    client.exec(statement)
    client.close()
  }
})

async function busyDay(house: House): Promise<void> {
  await house.fill('heron', '/report', { what: odd, where: 'Phoenix, AZ', danger: 'soon', contact: 'yes' })
  await house.fill('heron', '/report', { what: 'Taken back', where: 'Arizona', danger: 'no', contact: 'no' })
  await house.type('heron', '/withdraw AZ-0002')
  await house.type('finch', '/duty on 8h')
  await house.write('finch', `Going. ${odd}`, 'az-response', await house.card('az-response', 'AZ-0001'))
  const unsent = { what: 'Half a report', where: '', danger: '', contact: '' }
  await house.ask('heron', '/report', unsent)
  await house.pass(2)
}

const cast = ['broadcasts', 'broadcast_entries']

const checkIn: RecurringPlan = {
  ...{ name: 'weekly check-in', at: '18:00', from: null, until: null, audience: 'mediators', message: null },
  ...{ days: { type: 'weekly', days: [1], weeks: 1 }, words: { en: 'All well?', es: '¿Todo bien?' }, quiet: 'keep' },
  ...{ answer: { type: 'got-it' }, urgency: 'routine', trial: false, listAfter: 24 },
}

async function press(house: House, who: string, line: string, name: string): Promise<void> {
  const seen = await house.type(who, line)
  const found = seen.reply.type === 'view' && seen.reply.view.buttons.find(one => one.id.includes(name))
  if (!found) throw new Error(`${who} has no ${name} under ${readAnswer(seen)}`)
  await house.press(who, found.id)
}

/** One went out and was answered, another waits to come again, words are approved and handed on, one wishes none. */
async function castDay(house: House): Promise<void> {
  await house.store.library.keep(loadMessages(null), house.clock())
  const words = { en: 'All calm? {hotline}', es: '¿Todo en calma? {hotline}' }
  await house.fill('owl', '/broadcast new', { whom: 'AZ, rooms of AZ', ...words, answer: 'yes-no', urgency: 'urgent' })
  await press(house, 'owl', '/broadcast B-0001', 'submit')
  await house.pass(1)
  await house.press('magpie', 'answer:B-0001:yes')
  await house.write('finch', 'The north gate is shut', null)
  await house.type('heron', '/whoami stop')
  for (const who of ['owl', 'eagle']) await press(house, who, '/broadcast recurring weekly check-in', 'approve')
  for (const who of ['magpie', 'eagle']) await house.press(who, 'library:calm-call:approve.1')
  await house.type('owl', '/broadcast library calm-call use')
  await house.fill('owl', '/broadcast B-0002 text', { whom: '@Finch', answer: 'none' })
  await press(house, 'owl', '/broadcast B-0002', 'submit')
  const cedar = {
    alias: 'Cedar',
    kinds: ['faith'],
    where: 'AZ es',
    community: 'river church',
    consent: 'yes, 3 October',
  }
  await house.fill('magpie', '/messenger', cedar)
  const known = { name: 'Jo Doe', contact: '602 555 0101', through: 'Heron', until: '' }
  await house.fill('magpie', '/acquaint M-0001', known)
  await house.press('magpie', 'kit:calm-call:M-0001.go')
  await house.pass(2)
}

async function broadcastDay(house: House): Promise<void> {
  const [id, now] = [makeBroadcastId(1), house.clock()]
  const plan = blankPlan({ audience: { type: 'everyone' }, words: { en: odd } })
  const [writer] = house.store.roster.directory().people.keys()
  const drafted = { type: 'drafted', writer: writer as PersonId, plan, recurring: null } as const
  const broadcast = enterBroadcast(null, [{ event: drafted }], { id, by: drafted.writer, now })
  if (!broadcast) throw new Error('nothing was written')
  await house.store.transaction(tx =>
    tx.commit({ key: null, person: null, now, answer: null, incidents: [], broadcast }),
  )
}

async function protocolDay(house: House): Promise<void> {
  await house.store.protocols.keep(loadTaxonomy().protocols.current, house.clock())
  await house.type('owl', '/duty on 8h')
  await house.fill('heron', '/report', {
    what: 'Men with rifles',
    where: 'Maricopa County, AZ',
    danger: 'soon',
    contact: 'yes',
  })
  await house.type('magpie', '/protocol start P1 AZ-0001')
  await house.type('magpie', '/step P1.1 skip by phone')
  const rumor = { what: 'They say that voting ended', where: 'Pima County, AZ', danger: 'soon', contact: 'yes' }
  await house.fill('heron', '/report', rumor)
  await house.settle()
  const [id, at] = ['AZ-0002' as IncidentId, house.clock()]
  const asked = { protocol: 'P3', trigger: 'serious-rumor', region: 'AZ', about: id, severity: 3 } as const
  const wanted: Wanted = { ...asked, incidents: [id], itself: false, at, dueAt: at + 90 * 60_000 }
  await house.store.proposals.propose(
    wanted,
    all => judge(wanted, all, { atLeast: 1 }),
    () => [],
  )
  await house.type('magpie', '/shield Finch a car waits')
  await house.type('magpie', '/drill start P1 in AZ')
  await house.pass(1)
  await house.type('magpie', '/drill stop')
  await house.pass(1)
}

function countsOf(file: string): Record<string, number> {
  const client = new Sqlite(file, { readonly: true })
  const all =
    "select name from sqlite_master where type = 'table' and name not glob 'sqlite*' and name not glob 'search_*'"
  const names = client.prepare<[], string>(all).pluck().all()
  const counted = names
    .filter(name => name !== 'schema_migrations')
    .map(name => [
      name,
      client
        .prepare<[], number>(`select count(*) from ${name} ${name === 'settings' ? "where key <> 'moved'" : ''}`)
        .pluck()
        .get() ?? 0,
    ])
  client.close()
  return Object.fromEntries(counted)
}

async function counts(url: string): Promise<Record<string, number>> {
  const tables = await asked(url, "select tablename as name from pg_tables where schemaname = 'public'")
  const counted = tables
    .filter(({ name }) => name !== 'schema_migrations')
    .map(async ({ name }) => [name, Number((await asked(url, `select count(*) as n from ${name}`))[0]?.n)])
  return Object.fromEntries(await Promise.all(counted))
}

async function asked(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: () => (text: string) => text } })
  await client.connect()
  return client
    .query(query)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

const sent = async (url: string, statement: string) => void (await asked(url, statement))
