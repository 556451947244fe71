import { describe, expect, test } from 'vitest'
import { circles, crossed, strayed, undrawn, unlisted } from './arrows.ts'
import * as rules from './rules.ts'
import { scan } from './scan.ts'

const drawn = (path: string, text: string) => undrawn([scan(path, text)])

describe('the arrows', () => {
  test.each([
    ['bot/main.ts', "import './slack/index.ts'; import '../db/sqlite.ts'; import './web/index.ts'"],
    [
      'bot/config.ts',
      "import 'yaml'; import 'zod'; import 'node:fs'; import './yaml.ts'; import '../workflows/network.ts'",
    ],
    [
      'bot/slack/index.ts',
      "import '@slack/bolt'; import './card.ts'; import '../platform.ts'; import '../../commands/form.ts'",
    ],
    ['bot/slack/card.ts', "import '../../workflows/card.ts'; import type { A } from '../../workflows/incident.ts'"],
    [
      'bot/hub.ts',
      "import './platform.ts'; import './picture/map.ts'; import '../commands/index.ts'; import '../db/inbox.ts'",
    ],
    [
      'bot/web/index.ts',
      "import 'hono'; import '../../db/incidents.ts'; import '../../workflows/card.ts'; import './health.ts'",
    ],
    ['bot/media/draw.ts', "import 'sharp'; import './sort.ts'; import '../../workflows/evidence.ts'"],
    ['bot/cli/key.ts', "import '../config.ts'; import '../../db/keyfile.ts'; import '../workspace/cast.ts'"],
    ['bot/keep.ts', "import './media/media.ts'; import '../db/files.ts'"],
    ['commands/claim.ts', "import './command.ts'; import './form.ts'; import '../workflows/incident.ts'"],
    ['commands/index.ts', "import { claim } from './claim.ts'"],
    ['db/sqlite.ts', "import 'better-sqlite3'; import 'node:fs'; import type { A } from '../workflows/incident.ts'"],
    ['db/gazetteer/build.ts', "import 'node:zlib'; import './pack.ts'; import '../../workflows/places/key.ts'"],
    [
      'workflows/timeline.ts',
      "import { z } from 'zod'; import { createHash } from 'node:crypto'; import './text/en.ts'",
    ],
  ])('%s may follow its own', (path, text) => {
    expect(drawn(path, text)).toEqual([])
  })

  test.each([
    ['bot/config.ts', "import './hub.ts'", 'bot/hub.ts'],
    ['bot/config.ts', "import 'hono'", 'hono'],
    ['bot/slack/index.ts', "import '../hub.ts'", 'bot/hub.ts'],
    ['bot/slack/index.ts', "import '../../db/inbox.ts'", 'db/inbox.ts'],
    ['bot/slack/index.ts', "import '../../commands/claim.ts'", 'commands/claim.ts'],
    ['bot/slack/index.ts', "import { decide } from '../../workflows/incident.ts'", 'workflows/incident.ts'],
    ['bot/slack/form.ts', "import '../../workflows/run/typed.ts'", 'workflows/run/typed.ts'],
    ['bot/hub.ts', "import './slack/index.ts'", 'bot/slack/index.ts'],
    ['bot/hub.ts', "import type { Config } from './config.ts'", 'bot/config.ts (types)'],
    ['bot/hub.ts', "import './delivery.ts'", 'bot/delivery.ts'],
    ['bot/hub.ts', "import './cli/alone.ts'", 'bot/cli/alone.ts'],
    ['bot/web/index.ts', "import '../platform.ts'", 'bot/platform.ts'],
    ['bot/web/index.ts', "import '../../commands/index.ts'", 'commands/index.ts'],
    ['commands/claim.ts', "import './release.ts'", 'commands/release.ts'],
    ['commands/claim.ts', "import type { Db } from '../db/database.ts'", 'db/database.ts (types)'],
    ['commands/claim.ts', "import 'node:fs'", 'node:fs'],
    ['db/inbox.ts', "import { decide } from '../workflows/decide.ts'", 'workflows/decide.ts'],
    ['db/inbox.ts', "export * from '../commands/command.ts'", 'commands/command.ts'],
    ['db/inbox.ts', "import 'yaml'", 'yaml'],
    ['db/gazetteer/build.ts', "import '../sqlite.ts'", 'db/sqlite.ts'],
    ['workflows/card.ts', "import '../db/cards.ts'", 'db/cards.ts'],
    ['workflows/card.ts', "await import('../bot/platform.ts')", 'bot/platform.ts'],
    ['workflows/card.ts', "import { randomUUID } from 'node:crypto'", 'node:crypto (randomUUID)'],
    ['workflows/card.ts', "import 'fs'", 'node:fs'],
  ])('%s may not: %s', (path, text, what) => {
    expect(drawn(path, `\n${text}`).map(line => line.split(' may not import '))).toEqual([
      [expect.stringContaining(`${path}:2`), what],
    ])
  })

  test('a place that the design does not draw, and a name that cannot be read, are refused', () => {
    expect(drawn('commands/old/claim.ts', '')).toHaveLength(1)
    expect(drawn('db/inbox.ts', 'await import(name)')).toHaveLength(1)
  })

  test('a package with a home is refused elsewhere, even in the doors', () => {
    const files = [scan('bot/main.ts', "import 'discord.js'"), scan('bot/hub.ts', "import 'drizzle-orm/pg-core'")]
    const media = [scan('bot/keep.ts', "import 'file-type'"), scan('bot/media/draw.ts', "import 'sharp'")]
    expect(strayed(media)).toEqual(['bot/keep.ts:1 imports file-type, which belongs in bot/media/ only'])
    expect(undrawn([scan('bot/media/draw.ts', "import '../../db/files.ts'")])).toHaveLength(1)
    expect(strayed(files)).toEqual([
      'bot/main.ts:1 imports discord.js, which belongs in bot/discord/ only',
      'bot/hub.ts:1 imports drizzle-orm/pg-core, which belongs in db/ only',
    ])
    expect(strayed([scan('bot/signal/rest.ts', "import 'axios'"), scan('db/postgres.ts', "import 'pg'")])).toEqual([])
  })

  test('a platform that imports another is named', () => {
    expect(crossed([scan('bot/slack/index.ts', "import '../discord/card.ts'")])).toHaveLength(1)
    expect(crossed([scan('bot/slack/index.ts', "import './card.ts'")])).toEqual([])
  })

  test('a circle is found once; types and later imports make none', () => {
    const [a, c] = [scan('db/a.ts', "import './b.ts'"), scan('db/c.ts', "import './a.ts'")]
    expect(circles([a, scan('db/b.ts', "import './c.ts'"), c])).toEqual([
      'db/a.ts -> db/b.ts -> db/c.ts -> db/a.ts is a circle',
    ])
    expect(circles([a, scan('db/b.ts', "import type { C } from './c.ts'; import('./c.ts')"), c])).toEqual([])
  })

  test('a command that the list leaves out is named', () => {
    const files = [
      scan('commands/index.ts', "import { a } from './a.ts'"),
      scan('commands/a.ts', ''),
      scan('commands/b.ts', ''),
    ]
    expect(unlisted([...files, scan('commands/form.ts', '')])).toEqual([
      'commands/index.ts:1 does not list commands/b.ts',
    ])
  })
})

describe('the other rules', () => {
  const sized = (path: string, lines: number) => scan(path, 'a\n'.repeat(lines))

  test('sizes: the median, one in ten, the end, the line', () => {
    const small = Array.from({ length: 18 }, (_, index) => sized(`db/${index}.ts`, 90))
    expect(rules.outgrown([...small, sized('db/b.ts', 400), sized('db/c.ts', 400)])).toEqual([])
    expect(
      rules.outgrown([...small, sized('db/b.ts', 251), sized('db/c.ts', 251), sized('db/d.ts', 251)]),
    ).toHaveLength(1)
    expect(rules.outgrown([...small, sized('db/b.ts', 401)])).toEqual(['db/b.ts:401 has 401 lines, past 400'])
    expect(rules.outgrown([sized('db/a.ts', 91)])).toEqual(['the median file has 91 lines, past 90'])
    expect(rules.outgrown([scan('db/a.ts', `\n${'x'.repeat(121)}`)])).toEqual([
      'db/a.ts:2 has 121 characters, past 120',
    ])
  })

  test('exports without a doc comment', () => {
    const files = [scan('db/a.ts', '\nexport const a = 1'), scan('db/b.ts', '/** Says so. */\nexport const b = 1')]
    expect(rules.undocumented(files)).toEqual(['db/a.ts:2 exports a without a doc comment directly above'])
  })

  test.each(['process.env.A', "process['env']", 'const { env } = process', "import { env } from 'node:process'"])(
    'environment: %s',
    text => {
      expect(rules.environment([scan('bot/hub.ts', text), scan('bot/config.ts', text)])).toHaveLength(1)
    },
  )

  test.each(['Date.now()', 'new Date()', 'Math.random()', 'fetch(url)', 'setTimeout(go, 1)'])(
    'the domain may not say %s',
    text => {
      expect(rules.impure([scan('workflows/a.ts', text), scan('bot/a.ts', text)])).toHaveLength(1)
      expect(rules.impure([scan('workflows/a.ts', `// ${text}\nnew Date(now)`)])).toEqual([])
    },
  )

  test('names', () => {
    const bad = ['db/Inbox.ts', 'bot/util.ts', 'bot/deliveryManager.ts', 'bot/Slack/index.ts', 'bot/two words.ts']
    expect(rules.misnamed([...bad, 'db/schema.sqlite.ts', 'workflows/content/election-day.yaml'])).toHaveLength(
      bad.length,
    )
  })

  test('the top', () => {
    const names = ['bot', 'docs', '.git', 'src', 'node_modules'].map(name => ({ name, folder: true }))
    const top = [...names, { name: 'notes.txt', folder: false }, { name: 'README.md', folder: false }]
    expect(rules.stray(top, name => name === 'node_modules').map(line => line.split(' ')[0])).toEqual([
      'src/',
      'notes.txt',
    ])
  })

  test('packages: undeclared, development only, unused', () => {
    const dependencies = { hono: '1', 'htmx.org': '1', left: '1' }
    const devDependencies = { vitest: '1', '@types/node': '1', '@types/pg': '1', typescript: '1' }
    const manifest = {
      dependencies,
      devDependencies,
      scripts: { types: 'tsc -p .' },
      commands: { typescript: ['tsc'] },
    }
    const files = [
      scan(
        'bot/a.ts',
        "import 'hono/html'; import 'vitest'; import 'node:fs'; import.meta.resolve('htmx.org/dist/htmx.js')",
      ),
      scan('test/a.ts', "import 'vitest'; import 'chalk'"),
    ]
    expect(rules.undeclared(files, manifest)).toEqual([
      'bot/a.ts:1 imports vitest, a development dependency',
      'test/a.ts:1 imports chalk, which package.json does not declare',
    ])
    expect(rules.unused(files, manifest).map(line => line.split(' ')[2])).toEqual(['left,', '@types/pg,'])
  })
})
