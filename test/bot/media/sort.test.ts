import { describe, expect, test } from 'vitest'
import { sortOf } from '../../../bot/media/sort.ts'

const sort = (magic: string | null, text: string | Buffer, name = 'file', claimed = '') =>
  sortOf(magic, Buffer.from(text), name, claimed)

describe('a file is what its bytes say', () => {
  test.each([
    ['image/jpeg', 'report.pdf', 'application/pdf', { kind: 'photo', type: 'image/jpeg' }],
    ['image/heic', 'a.heic', '', { kind: 'photo', type: 'image/heic' }],
    ['video/quicktime', 'a.jpg', 'image/jpeg', { kind: 'video', type: 'video/quicktime' }],
    ['audio/ogg; codecs=opus', 'voice', '', { kind: 'voice', type: 'audio/ogg' }],
    ['audio/x-m4a', 'memo.m4a', 'audio/m4a', { kind: 'voice', type: 'audio/x-m4a' }],
    ['video/webm', 'voice.webm', 'audio/webm', { kind: 'voice', type: 'video/webm' }],
    ['application/pdf', 'a.jpg', 'image/jpeg', { kind: 'document', type: 'application/pdf' }],
    ['application/x-cfb', 'plan.DOC', '', { kind: 'document', type: 'application/msword' }],
  ])('%s named %s is %o', (magic, name, claimed, sorted) => {
    expect(sort(magic, '', name, claimed)).toEqual(sorted)
  })

  test.each([
    ['application/zip', 'a.jpg', 'file.archive'],
    ['application/x-7z-compressed', 'a', 'file.archive'],
    ['application/x-msdownload', 'photo.jpg.exe', 'file.program'],
    ['application/vnd.android.package-archive', 'a.apk', 'file.program'],
    ['application/x-cfb', 'setup.msi', 'file.program'],
    ['application/x-cfb', 'what', 'file.unknown'],
    ['application/vnd.ms-word.document.macroenabled.12', 'a.docx', 'file.macros'],
    ['application/xml', 'a.txt', 'file.page'],
    ['application/x-sqlite3', 'a.db', 'file.unknown'],
    ['image/vnd.adobe.photoshop', 'a.psd', 'file.unknown'],
  ])('%s named %s is refused with %s', (magic, name, refused) => {
    expect(sort(magic, '', name)).toEqual({ refused })
  })
})

describe('what no magic tells', () => {
  test.each([
    ['plain words', 'I saw two men by the door.\r\n\tThey left.', 'note.txt'],
    ['words in another script', 'محل الاقتراع · 投票所 · ¿dónde?', 'note'],
    ['a chat log', '<Heron> they are here\n<Finch> on my way', 'log.txt'],
    ['a table', 'time;place\n10:00;library', 'table.csv'],
    ['words of an old program', Buffer.from([0x63, 0x61, 0x66, 0xe9]), 'menu.txt'],
    ['words in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('hola', 'utf16le')]), 'a.txt'],
    ['words cut off within a letter', Buffer.from('née').subarray(0, 2), 'a.txt'],
  ])('is a document where it is %s', (_, text, name) => {
    expect(sort(null, text, name)).toEqual({ kind: 'document', type: 'text/plain' })
  })

  test.each([
    ['a web page', ' <!DOCTYPE html><p>hi', 'a.txt', 'file.page'],
    ['a drawing that can run code', '\n<svg onload="alert(1)"></svg>', 'photo.jpg', 'file.page'],
    ['a page by its name', 'hello', 'page.html', 'file.page'],
    ['words with a script in them', 'look: <script>alert(1)</script>', 'a.txt', 'file.page'],
    ['a script by its first line', '#!/bin/sh\nrm -rf /', 'note', 'file.program'],
    ['a script by its name', 'Get-Item', 'run.PS1', 'file.program'],
    ['bytes of no meaning', Buffer.from([1, 2, 3, 250, 0, 9]), 'a.bin', 'file.unknown'],
  ])('is refused where it is %s', (_, text, name, refused) => {
    expect(sort(null, text, name)).toEqual({ refused })
  })
})
