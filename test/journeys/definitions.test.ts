import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

const wrong = ['id: P30', 'version: 1', 'kinds: [XX]', 'steps:', '  - { id: 1, role: RC, deu: 5m }']

test('a hub whose own protocols have a mistake does not start, and names each by its line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'definitions-'))
  writeFileSync(join(folder, 'ours.yaml'), wrong.join('\n'))
  writeFileSync(join(folder, 'theirs.yaml'), 'id: P31\nversion: one\n')
  const env = {
    PATH: process.env.PATH ?? '',
    ...{ PORT: '0', PROTOCOLS_FOLDER: folder, HUB_KEY_FILE: join(folder, 'hub.key') },
    PRACTICE_DATABASE_URL: `file:${join(folder, 'hub.db')}`,
  }
  const child = spawn(process.execPath, ['bot/main.ts'], { env })
  const [[code], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^ours\.yaml:1 title: is missing\.$/m)
  expect(err).toMatch(/^ours\.yaml:5 steps\[0\]\.deu: no such field\.$/m)
  expect(err).toMatch(/^theirs\.yaml:2 version: "one" does not belong here\. Use a number\.$/m)
  expect(existsSync(join(folder, 'hub.db'))).toBe(false)
})
