import { randomInt } from 'node:crypto'
import { wordlist } from '@scure/bip39/wordlists/english.js'

/** A fresh pass-phrase: eight words out of 2,048, joined by dashes (88 bits). */
export function newPassphrase(): string {
  return Array.from({ length: words }, () => wordlist[randomInt(wordlist.length)]).join('-')
}

const words = 8
